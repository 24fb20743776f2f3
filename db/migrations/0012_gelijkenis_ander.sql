-- What a zaak asks about its signals may name them in either place.
CREATE INDEX gelijkenis_ander ON gelijkenis (ander);
