"""Commands for a fresh clone: `demo` shows the product at work, `test` runs every check, `pictures` shows each screen.

Each first makes the machine ready: system packages (through apt, where that is allowed), a virtual
environment in `.venv` with exactly the locked packages, and the project itself in it. A second run finds all
of that done. Only the standard library is used, since nothing else is there yet.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
DEMO = ROOT / "demo"
RUNTIME_LOCK = ROOT / "installer" / "requirements.txt"
DEV_LOCK = ROOT / "installer" / "requirements-dev.txt"

PRIVATE_SESSION = "VOORDEUR_PRIVATE_SESSION"  # tells the tests that the keyring they find is theirs to use

OLDEST, NEWEST = (3, 11), (3, 14)  # the versions for which every locked package ships a wheel

ON_LINUX = sys.platform.startswith("linux")
ON_WINDOWS = sys.platform == "win32"


class Stop(Exception):
    """The command cannot go on; the text says why, and what to type."""


class Need(NamedTuple):
    """Something the system must offer: a Debian package, and how to see whether it is there.

    `probe` is a shared library (`libEGL.so.1`), a program (`Xvfb`), a Python module (`ensurepip`) or a file
    (`/usr/share/fonts`), told apart by `kind`.
    """

    package: str
    kind: str
    probe: str
    only_for_tests: bool = False


# Qt's own message names libxcb-cursor0 whichever of its xcb libraries is missing, so all are looked for.
NEEDS = (
    Need("python3-venv", "module", "ensurepip"),
    Need("libgl1", "library", "libGL.so.1"),
    Need("libegl1", "library", "libEGL.so.1"),
    Need("libglib2.0-0", "library", "libglib-2.0.so.0"),
    Need("libdbus-1-3", "library", "libdbus-1.so.3"),
    Need("libfontconfig1", "library", "libfontconfig.so.1"),
    Need("fonts-noto-core", "file", "/usr/share/fonts/truetype/noto"),
    Need("libxkbcommon0", "library", "libxkbcommon.so.0"),
    Need("libxkbcommon-x11-0", "library", "libxkbcommon-x11.so.0"),
    Need("libxcb-cursor0", "library", "libxcb-cursor.so.0"),
    Need("libxcb-icccm4", "library", "libxcb-icccm.so.4"),
    Need("libxcb-image0", "library", "libxcb-image.so.0"),
    Need("libxcb-keysyms1", "library", "libxcb-keysyms.so.1"),
    Need("libxcb-render-util0", "library", "libxcb-render-util.so.0"),
    Need("libxcb-shape0", "library", "libxcb-shape.so.0"),
    Need("libxcb-xkb1", "library", "libxcb-xkb.so.1"),
    Need("libxss1", "library", "libXss.so.1"),
    Need("xvfb", "program", "Xvfb", only_for_tests=True),
    Need("xauth", "program", "xauth", only_for_tests=True),
    Need("dbus", "program", "dbus-run-session", only_for_tests=True),
    Need("gnome-keyring", "program", "gnome-keyring-daemon", only_for_tests=True),
    Need("at-spi2-core", "file", "/usr/libexec/at-spi-bus-launcher", only_for_tests=True),
    Need("poppler-utils", "program", "pdftotext", only_for_tests=True),
)


# A mirror that falters, and another apt at work on a machine that just started, are waited for.
PATIENTLY = ("-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300")


def say(text: str = "") -> None:
    """Print at once, so that our lines and those of the programs we start stay in order."""
    print(text, flush=True)


# -------------------------------------------------------------------------------- Python and the system


def advice_on_python(version: tuple[int, int], others: Sequence[str]) -> str | None:
    """Return what to tell someone whose Python cannot run this project; None when it can.

    `others` are names of interpreters on this machine that would do, best first.
    """
    if OLDEST <= version <= NEWEST:
        return None
    wanted = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    text = f"Voordeur needs Python {wanted}; this is Python {version[0]}.{version[1]} ({sys.executable})."
    if others:
        return f"{text}\nThis machine has {others[0]}. Type:\n\n    {others[0]} installer/dev.py test\n"
    return f"{text}\nInstall a Python from {wanted} and start this script with it."


def check_python() -> None:
    """Refuse an interpreter for which the locked packages do not exist."""
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    advice = advice_on_python(sys.version_info[:2], [name for name in names if shutil.which(name)])
    if advice:
        raise Stop(advice)


def known_libraries() -> set[str]:
    """Return the names of the shared libraries that the dynamic linker knows."""
    ldconfig = shutil.which("ldconfig", path=f"{os.environ.get('PATH', os.defpath)}:/sbin:/usr/sbin")
    if ldconfig is None:
        return set()
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listing.splitlines() if "=>" in line}


def missing_needs(needs: Iterable[Need], libraries: set[str]) -> list[Need]:
    """Return the needs that this machine does not meet."""
    present: dict[str, Callable[[str], bool]] = {
        "library": lambda name: name in libraries,
        "program": lambda name: shutil.which(name) is not None,
        "module": lambda name: importlib.util.find_spec(name) is not None,
        "file": lambda name: Path(name).exists(),
    }
    return [need for need in needs if not present[need.kind](need.probe)]


def as_root() -> list[str] | None:
    """Return what to put before a command so that it runs as root; None when that is not allowed here."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        # The variable is set inside, as sudo drops the environment.
        return [sudo, "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def prepare_system(*, for_tests: bool) -> None:
    """Install the system packages that are missing, or stop and say what to type.

    Only Linux needs any: on Windows and macOS the wheels bring what they use.
    """
    if not ON_LINUX:
        return
    needs = [need for need in NEEDS if for_tests or not need.only_for_tests]
    missing = missing_needs(needs, known_libraries())
    if not missing:
        return
    packages = [need.package for need in missing]
    if shutil.which("apt-get") is None:
        found = ", ".join(need.probe for need in missing)
        raise Stop(f"Missing on this system: {found}.\nOn Debian these come from: {' '.join(packages)}.")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    by_hand = f"    apt-get update\n    {' '.join(install)}\n"
    root = as_root()
    if root is None:
        raise Stop(f"Some system packages are missing. Type, as root:\n\n{by_hand}\nand try again.")
    say(f"Installing with apt: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A stale mirror among several is no reason to stop; the installation itself decides.
    subprocess.run([*root, "apt-get", *PATIENTLY, "update", "--quiet"], env=environment, check=False)
    if subprocess.run([*root, *install[:1], *PATIENTLY, *install[1:]], env=environment, check=False).returncode:
        raise Stop(f"apt could not install what is missing. Try by hand, as root:\n\n{by_hand}")
    importlib.invalidate_caches()
    left = missing_needs(needs, known_libraries())
    if left:
        raise Stop(f"apt was done, but still missing: {', '.join(need.probe for need in left)}.")


# ------------------------------------------------------------------------------ the virtual environment


def tool(name: str) -> str:
    """Return the path of a program in the virtual environment."""
    return str(VENV / ("Scripts" if ON_WINDOWS else "bin") / (f"{name}.exe" if ON_WINDOWS else name))


def fingerprint(*parts: str | Path) -> str:
    """Return a hash over texts and the contents of files, to recognise work already done."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def once(name: str, key: str, work: Callable[[], None]) -> None:
    """Do the work unless it was done before under the same key; a half-done job is done again."""
    stamp = VENV / f"stamp-{name}"
    if stamp.exists() and stamp.read_text(encoding="ascii") == key:
        return
    stamp.unlink(missing_ok=True)
    work()
    stamp.write_text(key, encoding="ascii")


def run(command: Sequence[str], failure: str) -> None:
    """Run a step of the preparation in the project's folder; stop with the given words when it fails."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise Stop(failure)


def make_venv() -> None:
    """Create `.venv` with this Python, unless it is there and works."""
    python = tool("python")
    version = "import pip, sys; print(*sys.version_info[:2], sep='.')"  # pip: an interrupted start is made anew
    if Path(python).exists():
        answer = subprocess.run([python, "-c", version], capture_output=True, text=True, check=False)
        if answer.stdout.strip() == f"{sys.version_info[0]}.{sys.version_info[1]}":
            return
    say(f"Making {VENV}")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The virtual environment could not be made.")


def install_locked() -> None:
    """Install exactly the locked packages: wheels only, each checked against its hash."""
    say("Installing the locked packages")
    run(
        [
            tool("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--require-hashes", "--only-binary=:all:", "--requirement", str(DEV_LOCK),
        ],
        "The locked packages could not be installed; the lines above say which one and why.\n"
        "pip follows its own configuration (`pip config list`), for instance for a mirror or a proxy.",
    )  # fmt: skip


def install_project() -> None:
    """Install the project itself, so that `voordeur` exists and follows every change in the sources."""
    say("Installing the project")
    run(
        [
            tool("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT),
        ],
        "The project itself could not be installed; see the lines above.",
    )  # fmt: skip


def prepare(*, for_tests: bool) -> None:
    """Make the machine ready: Python, system packages, virtual environment, project."""
    check_python()
    prepare_system(for_tests=for_tests)
    make_venv()
    once("packages", fingerprint(sys.version, DEV_LOCK), install_locked)
    once("project", fingerprint(sys.version, str(ROOT), ROOT / "pyproject.toml"), install_project)


# -------------------------------------------------------------------------------------------- the checks


class Totals(NamedTuple):
    """What became of the tests of one run."""

    passed: int
    failed: int
    skipped: int

    def __str__(self) -> str:
        """Return the last line of a test run."""
        text = f"{self.passed} passed, {self.failed} failed"
        return f"{text}, {self.skipped} skipped" if self.skipped else text


def read_totals(report: Path) -> Totals:
    """Count the tests in a JUnit report; an error around a test counts as a failure.

    Without a readable report the run itself broke down, which is one failure.
    """
    try:
        suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - our own test run wrote it
    except (OSError, ET.ParseError):
        return Totals(0, 1, 0)

    def count(name: str) -> int:
        return sum(int(suite.get(name, "0")) for suite in suites)

    failed = count("failures") + count("errors")
    return Totals(count("tests") - failed - count("skipped"), failed, count("skipped"))


def selects_tests(arguments: Iterable[str]) -> bool:
    """Return whether these arguments to pytest narrow the run, so that its coverage says nothing."""
    narrowing = ("-k", "-m", "--lf", "--last-failed", "--ff", "--deselect", "--ignore", "--co", "--sw")
    return any(
        "::" in argument or argument.startswith(narrowing) or (ROOT / argument).exists() for argument in arguments
    )


def in_private_session(command: Sequence[str], place: Path) -> tuple[list[str], dict[str, str]]:
    """Return the command and environment that run it apart from the developer's own desktop.

    On Linux it gets a D-Bus session with an unlocked keyring, an X server nobody looks at, and empty
    folders for settings and vaults below `place`. The keyring's password protects nothing that lasts.
    Elsewhere the command runs as it is.
    """
    if not ON_LINUX:
        return list(command), dict(os.environ)
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", PRIVATE_SESSION: "yes"}
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_SCALE_FACTOR"):
        environment.pop(variable, None)
    for variable, folder in {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "run",
    }.items():
        (place / folder).mkdir(mode=stat.S_IRWXU)
        environment[variable] = str(place / folder)
    unlock_keyring = (
        'printf %s "only for this run" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\nexec "$@"'
    )
    screen = "-screen 0 1600x1000x24 -nolisten tcp"
    session = [
        "dbus-run-session", "--",
        "xvfb-run", "--auto-servernum", "--server-args", screen,
        "sh", "-c", unlock_keyring, "session",
    ]  # fmt: skip
    return [*session, *command], environment


def run_pytest(arguments: Sequence[str]) -> tuple[bool, Totals]:
    """Run the tests with branch coverage; return whether all is well, and the totals."""
    report = BUILD / "tests.xml"
    report.unlink(missing_ok=True)
    (BUILD / "coverage").mkdir(parents=True, exist_ok=True)
    coverage = [] if selects_tests(arguments) else ["--cov", "--cov-report=term"]
    command = [tool("python"), "-m", "pytest", *coverage, f"--junitxml={report}", *arguments]
    with tempfile.TemporaryDirectory(prefix="voordeur-", ignore_cleanup_errors=True) as place:
        wrapped, environment = in_private_session(command, Path(place))
        outcome = subprocess.run(wrapped, cwd=ROOT, env=environment, check=False)
    return outcome.returncode == 0, read_totals(report)


def test(arguments: Sequence[str]) -> int:
    """Run every check, also after one failed; print the test totals last. Return the exit code."""
    prepare(for_tests=True)
    verdicts: dict[str, bool] = {}
    checks: Mapping[str, Sequence[str]] = {
        "ruff check": [tool("ruff"), "check"],
        "ruff format": [tool("ruff"), "format", "--check"],
        "mypy": [tool("mypy")],
        "lint-imports": [tool("lint-imports"), "--no-logo"],
    }
    for name, command in checks.items():
        say(f"\n== {name}")
        began = time.monotonic()
        verdicts[name] = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
        say(f"   {time.monotonic() - began:.1f} s")
    say("\n== pytest")
    verdicts["pytest"], totals = run_pytest(arguments)
    say()
    for name, passed in verdicts.items():
        say(f"{'ok    ' if passed else 'FAILED'}  {name}")
    say(str(totals))
    return 0 if all(verdicts.values()) else 1


# --------------------------------------------------------------------------------------- the other commands


def demo(arguments: Sequence[str]) -> int:
    """Start the demo in a window; without a screen, work it headless and leave its products in `demo`."""
    prepare(for_tests=False)
    given = list(arguments)
    environment = dict(os.environ)
    if ON_LINUX and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment.setdefault("LC_ALL", "C.UTF-8")
        if "--headless" not in given:
            say("There is no screen here, so the demo runs headless.")
            given.append("--headless")
    chosen = any(argument == "--out" or argument.startswith("--out=") for argument in given)
    if "--headless" in given and not chosen:
        if (DEMO / "kluis").is_dir():
            say(f"Replacing the previous demo in {DEMO}")
            shutil.rmtree(DEMO)
        given += ["--out", str(DEMO)]
        say(f"Its products will be in {DEMO}")
    return subprocess.run([tool("voordeur"), "demo", *given], env=environment, check=False).returncode


def pictures(arguments: Sequence[str]) -> int:
    """Make a picture of every screen in every state, in the folder that is named or in `build/pictures`."""
    prepare(for_tests=False)
    environment = {"LC_ALL": "C.UTF-8", **os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [tool("python"), "-m", "desktop.demo.schermen", *(arguments or [str(BUILD / "pictures")])]
    return subprocess.run(command, cwd=Path.cwd(), env=environment, check=False).returncode


def lock(arguments: Sequence[str]) -> int:
    """Work out both lock files anew from pyproject.toml; `--upgrade` also takes newer versions."""
    prepare(for_tests=False)
    common = [
        tool("uv"), "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes",
        "--python-version", f"{OLDEST[0]}.{OLDEST[1]}",
        "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate",
        "--no-strip-extras",  # pip takes a name with an extra for another package, which then has no pin
    ]  # fmt: skip
    failure = "The lock could not be worked out; see the lines above."
    run([*common, "--output-file", str(RUNTIME_LOCK), *arguments], failure)
    dev = ["--group", "dev", "--constraints", str(RUNTIME_LOCK), "--output-file", str(DEV_LOCK)]
    run([*common, *dev, *arguments], failure)
    return 0


def setup(_arguments: Sequence[str]) -> int:
    """Prepare everything that the other commands need, and nothing more."""
    prepare(for_tests=True)
    say(f"Ready. Tools are in {Path(tool('python')).parent}")
    return 0


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "test": test,
    "pictures": pictures,
    "lock": lock,
    "setup": setup,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Prepare this clone, then: demo shows the product, test runs every check, "
        "pictures makes one of every screen in every state, "
        "lock renews the lock files, setup only prepares.",
        epilog="Further arguments go to the demo (try: demo --help), to pytest (test --profile nightly) "
        "or to the resolver (lock --upgrade).",
    )
    parser.add_argument("command", choices=COMMANDS)
    chosen, rest = parser.parse_known_args(arguments[:1])[0], arguments[1:]
    try:
        return COMMANDS[chosen.command](rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
