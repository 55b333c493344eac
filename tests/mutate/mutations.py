# SPDX-License-Identifier: GPL-2.0-or-later
"""Wrong lines: what a slip of the hand makes of C source.

A mutation is an edit of one place of a file that keeps its lines: an operator, a constant, a
condition, a statement, a result or the order of two arguments. Comments, strings and what the
preprocessor reads are left alone; and so is what changes nothing by its nature: the {0} of what is
all zeroes, the numbers that functions for qsort(3) return, of which the sign alone counts, the
order of two strings that are asked whether they are equal, and whether it is "<" or "<=" that finds
the lesser of two, or the greater, or by how much: where the two are equal, both answers are the same.
"""

import re
from typing import NamedTuple


class Mutation(NamedTuple):
    start: int  # offsets of the text that is replaced, half-open
    end: int
    text: str  # what stands there then
    sort: str


OPERATORS = {
    "==": ["!="], "!=": ["=="], "<=": ["<"], ">=": [">"], "<": ["<=", ">"], ">": [">=", "<"],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["+"], "/": ["*"], "%": ["*"],
    "<<": [">>"], ">>": ["<<"], "++": ["--"], "--": ["++"], "+=": ["-="], "-=": ["+="],
    "|": ["&"], "&": ["|"], "|=": ["&="], "&=": ["|="],
}

# Longest first. Signs that stand between two operands have a space on both sides (.clang-format);
# a pointer's star, an address' ampersand and a minus sign do not.
OPERATOR = re.compile(r"(?<= )(<<|>>|[-+|&]=|==|!=|<=|>=|&&|\|\||[-+*/%<>|&])(?= )|\+\+|--")
NUMBER = re.compile(r"(?<![\w.'\"])(?!(?<=\{)0\})(0x[0-9a-fA-F]+|\d+)(?![\w.])")
COMPARISON = re.compile(r"^(?:static )?int \w*compare\w*\(.*$", re.M)
TRUTH = re.compile(r"\b(true|false)\b")
CONDITION = re.compile(r"\b(if|while) \(")
RESULT = re.compile(r"\breturn ([^;{}]+);")
STATEMENT = re.compile(r"^(\t+)(?!return\b|break\b|continue\b|goto\b|else\b|case\b|default\b|do\b)"
                       r"([A-Za-z_*(][^;{}]*?(?:\)|=[^;{}=]+|\+\+|--));$", re.M)
DECLARATION = re.compile(r"^(?:const |static |struct |enum |unsigned |bool |int|uint|size_t|char |"
                         r"double |void |ssize_t |long |off_t |pid_t )")
ARGUMENTS = re.compile(r"\b(?!if\b|while\b|for\b|switch\b|sizeof\b|return\b|str\w*cmp\b|memcmp\b)\w+\((\w+), (\w+)([,)])")


def blank(source):
    """The source with comments, strings and lines of the preprocessor as spaces."""
    pattern = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|"
                         r"^[ \t]*#(?:\\\n|[^\n])*", re.S | re.M)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), source)


def closing(code, opening):
    """The offset of the bracket that closes the one at opening; -1: none."""
    depth = 0
    for i in range(opening, len(code)):
        depth += {"(": 1, ")": -1}.get(code[i], 0)
        if depth == 0:
            return i
    return -1


def bodies(code):
    """The ranges of the functions' bodies: what stands between { and } at the left edge."""
    return [(m.start(), m.end()) for m in re.finditer(r"^\{$.*?^\}$", code, re.S | re.M)]


def words(text):
    return " ".join(text.split())


def ends_with(text, operand):
    """Whether the operand is all that stands at the end, behind what binds less."""
    rest = words(text)
    return rest.endswith(operand) and \
        re.search(r"(?:^|[(,;{}?:=!&|]|\breturn)\s*$", rest[:len(rest) - len(operand)])


CHOSEN = re.compile(r"([^;{}?:]+)\?([^;{}?:]+):([^;{}?:]+?)(?=[;,}]|\)[;,)])")
PUT = re.compile(r" ([^;{}?&|]+)\)\n\t+([^;{}=]+) = ([^;{}=]+);(?!\s*else\b)")


def is_bound(body, match):
    """Whether the lesser or the greater of two is chosen, or how much one is above the other, or
    one of them is set to the other: the two are the same then where they are equal."""
    before, after = body[:match.start()], body[match.end():match.end() + 400]
    chosen, put = CHOSEN.match(after), PUT.match(after)
    if chosen:
        other, *answers = (words(part) for part in chosen.groups())
        for one, two in (answers, answers[::-1]):
            by = one.split(" - ")
            if other and two == other and ends_with(before, one):
                return True
            if two == "0" and len(by) == 2 and other in by and \
                    ends_with(before, by[by[0] == other]):
                return True
    if put:
        other, *sides = (words(part) for part in put.groups())
        return any(two == other and words(before).endswith("if (" + one)
                   for one, two in (sides, sides[::-1]))
    return False


BOUNDS = {("<", "<="), ("<=", "<"), (">", ">="), (">=", ">")}


def in_body(code):
    """All mutations of blanked code within functions, in the order of their places."""
    found = []
    for start, end in bodies(code):
        body = code[start:end]
        is_comparison = COMPARISON.match(code, code.rfind("\n", 0, start - 1) + 1)

        def add(match_start, match_end, text, sort):
            found.append(Mutation(start + match_start, start + match_end, text, sort))

        for m in OPERATOR.finditer(body):
            for other in OPERATORS[m.group()]:
                if (m.group(), other) in BOUNDS and is_bound(body, m):
                    continue
                add(m.start(), m.end(), other, "operator")
        for m in NUMBER.finditer(body):
            if is_comparison and re.search(r"return [^;]*$", body[:m.start()]):
                continue
            add(m.start(), m.end(), "(%s + 1)" % m.group(), "constant")
        for m in TRUTH.finditer(body):
            add(m.start(), m.end(), "false" if m.group() == "true" else "true", "constant")
        for m in CONDITION.finditer(body):
            close = closing(body, m.end() - 1)
            if close > 0:
                add(m.end() - 1, close + 1, "(!%s)" % body[m.end() - 1:close + 1], "condition")
        for m in RESULT.finditer(body):
            add(m.start(1), m.end(1), "!(%s)" % m.group(1), "result")
        for m in STATEMENT.finditer(body):
            if not DECLARATION.match(m.group(2)):
                lines = "\n" * m.group(2).count("\n")
                add(m.start(2), m.end(2), lines, "removed statement")
        for m in ARGUMENTS.finditer(body):
            if m.group(1) != m.group(2):
                add(m.start(1), m.end(2), "%s, %s" % (m.group(2), m.group(1)), "swapped arguments")
    return found


def mutations(source):
    """All mutations of the source of a C file."""
    return in_body(blank(source))


def apply(source, mutation):
    return source[:mutation.start] + mutation.text + source[mutation.end:]
