import java.io.File;
import java.io.FileInputStream;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges files by veraPDF's own rules for PDF/A-2b and PDF/UA-1.
 *
 * <p>Prints per rule set and file how many checks were done, and a line for each that failed, with tabs between:
 * {@code PDFA-2B, name, checked, 4844} or {@code PDFA-2B, name, failed, 6.1.7.1-2 The stream keyword ...}. The rules are
 * read without JAXB, which the archive holds only in part.
 */
public class Judge {
    public static void main(String[] files) throws Exception {
        Logger.getLogger("org.verapdf").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_2_B, PDFAFlavour.PDFUA_1)) {
            String name = flavour == PDFAFlavour.PDFUA_1 ? "PDFUA-1" : "PDFA-2B";
            ValidationProfile rules = rules(name, flavour);
            for (String file : files) {
                judge(name, rules, flavour, new File(file));
            }
        }
    }

    private static void judge(String name, ValidationProfile rules, PDFAFlavour flavour, File file) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
            ValidationResult result = ValidatorFactory.createValidator(rules, 100, false, false, false).validate(parser);
            String start = name + "\t" + file.getName() + "\t";
            for (TestAssertion failed : result.getTestAssertions()) {
                RuleId rule = failed.getRuleId();
                String where = " @ " + failed.getLocation().getContext();
                System.out.println(start + "failed\t" + rule.getClause() + "-" + rule.getTestNumber() + " " + failed.getMessage() + where);
            }
            if (result.isCompliant()) {
                System.out.println(start + "checked\t" + result.getTotalAssertions());
            }
        }
    }

    private static ValidationProfile rules(String name, PDFAFlavour flavour) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(ValidationProfile.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml"));
        Set<Rule> rules = new HashSet<>();
        NodeList found = document.getElementsByTagName("rule");
        for (int number = 0; number < found.getLength(); number++) {
            Element rule = (Element) found.item(number);
            Element id = (Element) rule.getElementsByTagName("id").item(0);
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"),
                    Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), List.of()),
                List.of()));
        }
        Set<Variable> variables = new HashSet<>();
        found = document.getElementsByTagName("variable");
        for (int number = 0; number < found.getLength(); number++) {
            Element variable = (Element) found.item(number);
            variables.add(Profiles.variableFromValues(
                variable.getAttribute("name"),
                variable.getAttribute("object"),
                text(variable, "defaultValue"),
                text(variable, "value")));
        }
        return Profiles.profileFromValues(
            flavour, Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
