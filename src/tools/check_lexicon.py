#!/usr/bin/env python3
"""Check the lexicon's source files (src/data/lexicon/*.tsv).

    check_lexicon.py [FOLDER]

Every file needs its header, rows in byte order, no duplicates, known classes
and forms, terms as the scanner cuts them (lower case, no hyphens, single
blanks), polarity weights in (0, 1], and no term that is both good and bad
news.  Prints one line a fault and exits with 1 if there is any.
"""

import glob
import os
import re
import sys

HEADER = ["term", "class", "form", "value"]
IRREGULAR = ["base", "third", "past", "participle", "ing"]
FORMS = {"x", "v", "vt", "n", "a"}
VOWELS = "aeiou"
# Verbs that look as if they doubled their last consonant and do not.
SINGLE = ("w", "x", "y")


def header_classes(folder):
    """Class names of src/core/lexicon.h: the first word of each bit's comment."""
    path = os.path.join(folder, "..", "..", "core", "lexicon.h")
    names = set()
    with open(path, encoding="utf-8") as header:
        for line in header:
            bit = re.match(r"\s*FS_B_[A-Z_]+,\s*/\* ([a-z-]+)(?=[:;,\s])", line)
            if bit:
                names.add(bit.group(1))
    return names


def shown(text):
    """A term for a message, its odd bytes visible."""
    return repr(text)


class Checker:
    """Faults found so far, and what has to be compared across files."""

    def __init__(self, classes):
        self.classes = classes
        self.faults = []
        self.sign = {}
        self.verbs = {}
        self.irregular = set()

    def fault(self, path, number, message):
        self.faults.append("%s:%d: %s" % (os.path.basename(path), number, message))

    def read(self, path, header):
        """Rows as (line number, columns); header, order and shape are checked here."""
        with open(path, "rb") as source:
            data = source.read()
        if b"\r" in data:
            self.fault(path, 1, "carriage return")
        if not data.endswith(b"\n"):
            self.fault(path, 1, "no line end at the end of the file")
        lines = data.decode("utf-8").split("\n")[:-1]
        if not lines or lines[0].split("\t") != header:
            self.fault(path, 1, "header is not " + " ".join(header))
        rows = []
        last = b""
        for number, line in enumerate(lines[1:], 2):
            columns = line.split("\t")
            if len(columns) != len(header):
                self.fault(path, number, "%d columns, not %d" % (len(columns), len(header)))
                continue
            if line.encode() < last:
                self.fault(path, number, "not in byte order: " + shown(columns[0]))
            last = line.encode()
            rows.append((number, columns))
        return rows

    def term(self, path, number, term):
        """A term is written as the scanner cuts it."""
        if not term or term != " ".join(term.split()):
            self.fault(path, number, "blanks: " + shown(term))
        if term != term.lower():
            self.fault(path, number, "upper case: " + shown(term))
        if re.search("[-\u2010-\u2014]", term):
            self.fault(path, number, "hyphen: " + shown(term))
        if re.search("[,;:!?()\u2018\u2019\u201c\u201d\"]", term):
            self.fault(path, number, "punctuation: " + shown(term))

    def lexicon(self, path):
        """A file of terms."""
        seen = set()
        for number, (term, name, form, value) in self.read(path, HEADER):
            self.term(path, number, term)
            if name not in self.classes:
                self.fault(path, number, "unknown class " + shown(name))
            if form not in FORMS:
                self.fault(path, number, "unknown form " + shown(form))
            if (term, name, form) in seen:
                self.fault(path, number, "duplicate " + shown(term) + " " + name + " " + form)
            seen.add((term, name, form))
            if name in ("positive", "negative"):
                self.polarity(path, number, term, name, value)
            if form in ("v", "vt"):
                self.verbs.setdefault(term.split(" ")[0], (path, number))

    def polarity(self, path, number, term, name, value):
        """A weight in (0, 1] of at most two decimals; one sign a term."""
        if not re.fullmatch(r"0\.[0-9]{1,2}|1(\.00?)?", value) or float(value) <= 0:
            self.fault(path, number, "weight %s of %s" % (shown(value), shown(term)))
        if self.sign.setdefault(term, name) != name:
            self.fault(path, number, "both positive and negative: " + shown(term))

    def irregulars(self, path):
        """The file of irregular verbs; several forms are separated by |."""
        seen = set()
        for number, columns in self.read(path, IRREGULAR):
            if columns[0] in seen:
                self.fault(path, number, "duplicate " + shown(columns[0]))
            seen.add(columns[0])
            for column in columns:
                for form in column.split("|"):
                    if not re.fullmatch("[a-z]+", form):
                        self.fault(path, number, "no verb form: " + shown(form))
        self.irregular = seen

    def doubling(self):
        """Short verbs that double a consonant must be in irregular.tsv."""
        for verb, (path, number) in sorted(self.verbs.items()):
            if verb in self.irregular or len(verb) < 3 or verb.endswith(SINGLE):
                continue
            syllables = len(re.findall("[aeiouy]+", verb))
            if syllables == 1 and re.search("[^aeiou][aeiou][^aeiouwxy]$", verb):
                self.fault(path, number, "doubles its consonant, not in irregular.tsv: " + verb)


def main(arguments):
    """Check the folder named, or the project's own."""
    here = os.path.dirname(os.path.abspath(__file__))
    folder = arguments[1] if len(arguments) > 1 else os.path.join(here, "..", "data", "lexicon")
    checker = Checker(header_classes(os.path.join(here, "..", "data", "lexicon")))
    paths = sorted(glob.glob(os.path.join(folder, "*.tsv")))
    if not paths:
        sys.exit("no lexicon files in " + folder)
    for path in paths:
        if os.path.basename(path) == "irregular.tsv":
            checker.irregulars(path)
        else:
            checker.lexicon(path)
    checker.doubling()
    for fault in checker.faults:
        print(fault)
    if checker.faults:
        sys.exit(1)
    print("lexicon: %d files, no fault" % len(paths))


if __name__ == "__main__":
    main(sys.argv)
