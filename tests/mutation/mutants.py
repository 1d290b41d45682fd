"""The mutants of a C file: every place where one of the listed operators applies.

  arithmetic  + and -, * and /, also in += and the like
  comparison  < <= > >=: the neighbour that moves the border, and the opposite; == and !=
  logic       && and ||
  vector      the same by their names in lanes.h: less and at_least, smaller and larger, both and either, only
  constant    0 and 1 swapped; others + 1 and times 2
  index       [i] becomes [(i) + 1], where i is not a plain number
  statement   an assignment, call, break, continue or bare return is left out
  term        a + b, a - b, a && b, a || b and a | b become a

Left out: what the compiler skips for the processor at hand (#if), comments, texts, #include, the bound of an
array in its declaration (memory beside the array is nobody's), and assert(), which tells programmers."""
import collections
import re
import subprocess

Mutant = collections.namedtuple("Mutant", "file begin end text kind line")
Token = collections.namedtuple("Token", "kind text begin end")

TOKEN = re.compile(r"(?P<space>\s+)|(?P<name>[A-Za-z_]\w*)|(?P<number>(?:0[xX][0-9A-Fa-f]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)[uUlLfF]*)"
                   r"|(?P<sign><<=|>>=|\+\+|--|->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|##|.)", re.S)
TEXTS = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
SWAPS = {"+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="],
         "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
         "&&": ["||"], "||": ["&&"]}
KINDS = {"&&": "logic", "||": "logic"}
KINDS.update({sign: "comparison" for sign in ("<", "<=", ">", ">=", "==", "!=")})
VECTOR = {"less": "at_least", "at_least": "less", "smaller": "larger", "larger": "smaller", "both": "either", "either": "both",
          "only": "both"}
RANKS = {"||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7, "<<": 8, ">>": 8, "+": 9,
         "-": 9, "*": 10, "/": 10, "%": 10}
TERMS = ("+", "-", "&&", "||", "|")
OPEN, CLOSE = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}
KEYWORDS = {"return", "else", "case", "do", "sizeof", "goto"}
CONTROL = {"if", "for", "while", "switch", "return", "else", "do", "case", "default", "goto", "static", "const", "typedef", "struct",
           "enum", "extern", "INLINE"}


def active_lines(path, flags):
    """The lines of a file that the preprocessor leaves, found without expanding macros."""
    command = ["gcc", "-E", "-fdirectives-only", *flags, str(path)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    active, line, here = set(), 0, False
    for row in text.split("\n"):
        marker = re.match(r'# (\d+) "([^"]*)"', row)
        if marker:
            line, here = int(marker[1]), marker[2] == str(path)
            continue
        if here and row.strip():
            active.add(line)
        line += 1
    return active


def blank(text):
    """Comments, texts and directives but for the bodies of macros become spaces; lines stay."""
    def spaces(match):
        word = match[0]
        if word[0] in "\"'":
            return word[0] + "q" * (len(word) - 2) + word[0]
        return re.sub(r"[^\n]", " ", word)

    text = TEXTS.sub(spaces, text)
    text = re.sub(r"([\"'])(q*)\1", lambda match: "q" * len(match[0]), text)
    rows, inside, directive = text.split("\n"), False, False
    for k, row in enumerate(rows):
        if not inside and row.lstrip().startswith("#"):
            directive = True
            head = re.match(r"\s*#\s*define\s+\w+(\([^)]*\))?", row)
            rows[k] = " " * head.end() + row[head.end():] if head else " " * len(row)
        inside = directive and row.endswith("\\")
        if inside:
            rows[k] = rows[k][:-1] + " "
        directive = inside
    return "\n".join(rows)


def tokens_of(text):
    return [Token(match.lastgroup, match[0], match.start(), match.end()) for match in TOKEN.finditer(text)
            if match.lastgroup != "space"]


def number_of(text):
    """The other values of a literal, as texts."""
    suffix = re.search(r"[uUlL]*$" if text[:2].lower() == "0x" else r"[uUlLfF]*$", text)[0]
    body = text[:len(text) - len(suffix)]
    if re.fullmatch(r"0[xX][0-9A-Fa-f]+|\d+", body):
        value = int(body, 0)
        if value < 2:
            return [str(1 - value) + suffix]
        return [str(value + 1) + suffix, str(value * 2) + suffix]
    value = float(body)
    return [repr(1.0 - value) + suffix] if value in (0.0, 1.0) else [repr(value + 1) + suffix, repr(value * 2) + suffix]


class File:
    """The tokens of a file, with what stands around each."""

    def __init__(self, name, text, active):
        self.name, self.text, self.active = name, text, active
        self.blanked = blank(text)
        self.tokens = tokens_of(self.blanked)
        self.closes, self.in_body, stack, self.in_header = {}, [], [], []
        for k, token in enumerate(self.tokens):
            if token.kind == "sign" and token.text in OPEN:
                stack.append(k)
            elif token.kind == "sign" and token.text in CLOSE and stack:
                self.closes[stack.pop()] = k
            self.in_body.append(any(self.tokens[at].text == "{" and self.tokens[at - 1].text == ")" for at in stack))
            self.in_header.append(any(self.tokens[at].text == "(" for at in stack))
        self.mutants = []

    def line(self, at):
        return self.text.count("\n", 0, at) + 1

    def add(self, begin, end, text, kind):
        line = self.line(begin)
        if line in self.active and self.text[begin:end] != text:
            kept = text + "\n" * (self.text.count("\n", begin, end) - text.count("\n"))
            self.mutants.append(Mutant(self.name, begin, end, kept, kind, line))

    def is_binary(self, k):
        """clang-format puts spaces around binary operators and before, not behind, unary ones."""
        token = self.tokens[k]
        return self.blanked[token.begin - 1].isspace() and self.blanked[token.end].isspace()

    def operand_end(self, k):
        """The end of what stands right of the binary operator k."""
        rank, j = RANKS[self.tokens[k].text], k + 1
        while j < len(self.tokens):
            token = self.tokens[j]
            if token.kind == "sign":
                if token.text in OPEN and j in self.closes:
                    j = self.closes[j]
                elif token.text in CLOSE or token.text in ",;?:":
                    break
                elif token.text in RANKS and RANKS[token.text] <= rank and self.is_binary(j) and j > k + 1:
                    break
            j += 1
        return self.tokens[j - 1].end, j - k - 1

    def is_declared_bound(self, k):
        """An array's bound in its declaration: a name right behind a type's name, or one more bound."""
        while k > 1 and self.tokens[k - 1].text == "]":
            k = next(at for at, end in self.closes.items() if end == k - 1)
        before = self.tokens[k - 2] if k > 1 else None
        return before is not None and before.kind == "name" and before.text not in KEYWORDS

    def operators(self):
        for k, token in enumerate(self.tokens):
            if token.kind == "sign" and token.text in SWAPS and self.is_binary(k):
                for other in SWAPS[token.text]:
                    self.add(token.begin, token.end, other, KINDS.get(token.text, "arithmetic"))
                if token.text in TERMS:
                    self.drop_term(k)
            elif token.kind == "sign" and token.text == "|" and self.is_binary(k):
                self.drop_term(k)
            elif token.kind == "name" and token.text in VECTOR and self.tokens[k + 1].text == "(" and self.in_body[k]:
                self.add(token.begin, token.end, VECTOR[token.text], "vector")
            elif token.kind == "number" and not self.is_bound(k):
                for other in number_of(token.text):
                    self.add(token.begin, token.end, other, "constant")

    def is_bound(self, k):
        return self.tokens[k - 1].text == "[" and self.tokens[k + 1].text == "]" and self.is_declared_bound(k - 1)

    def drop_term(self, k):
        end, length = self.operand_end(k)
        if length == 1 and self.tokens[k + 1].text in ("0", "1"):
            return  # the constants swapped say the same
        self.add(self.tokens[k].begin, end, "", "term")

    def indices(self):
        for k, token in enumerate(self.tokens):
            if token.text != "[" or k not in self.closes or self.is_declared_bound(k) or not self.in_body[k]:
                continue
            inner = self.tokens[k + 1:self.closes[k]]
            if inner and not (len(inner) == 1 and inner[0].kind == "number") and self.tokens[k - 1].kind in ("name", "sign") and \
                    (self.tokens[k - 1].kind == "name" or self.tokens[k - 1].text in CLOSE):
                self.add(inner[0].begin, inner[-1].end, "(" + self.text[inner[0].begin:inner[-1].end] + ") + 1", "index")

    def statements(self):
        for k, token in enumerate(self.tokens):
            if k == 0 or not self.in_body[k] or self.in_header[k] or not self.begins_statement(k):
                continue
            end = k
            while self.tokens[end].text != ";" and end + 1 < len(self.tokens) and self.tokens[end].text not in ("{", "}"):
                end = self.closes[end] + 1 if end in self.closes else end + 1
            words = self.tokens[k:end]
            if self.tokens[end].text != ";" or not words or not self.is_effect(words):
                continue
            self.add(token.begin, self.tokens[end - 1].end, "(void)0", "statement")

    def begins_statement(self, k):
        before = self.tokens[k - 1]
        if before.text in (";", "{", "}", "else", ":"):
            return before.text != ":" or any(word.text in ("case", "default") for word in self.tokens[max(0, k - 4):k])
        if before.text != ")":
            return False
        opened = next((at for at, end in self.closes.items() if end == k - 1), 0)
        return self.tokens[opened - 1].text in ("if", "for", "while", "switch")

    @staticmethod
    def is_effect(words):
        """Not a declaration, nor anything that begins with a keyword."""
        first = words[0]
        if [word.text for word in words] in (["break"], ["continue"], ["return"]):
            return True
        if first.text in CONTROL or first.text == "assert" or first.kind == "number":
            return False
        if first.text in ("(", "*"):
            return True
        if first.kind != "name" or len(words) < 2 or words[1].kind == "name" or words[1].text == ":":
            return False
        return not (words[1].text == "*" and words[1].end == words[2].begin)


def in_assert(file):
    spans = [(token.begin, file.tokens[file.closes[k + 1]].end) for k, token in enumerate(file.tokens)
             if token.text == "assert" and k + 1 in file.closes]
    return lambda mutant: any(begin <= mutant.begin < end for begin, end in spans)


def mutants_of(name, text, active):
    """All mutants of one file in the order of its text, each changed text once."""
    file = File(name, text, active)
    file.operators()
    file.indices()
    file.statements()
    inside, seen, result = in_assert(file), set(), []
    for mutant in sorted(file.mutants, key=lambda item: (item.begin, item.end, item.text)):
        changed = mutated(text, mutant)
        if not inside(mutant) and changed not in seen:
            seen.add(changed)
            result.append(mutant)
    return result


def mutated(text, mutant):
    return text[:mutant.begin] + mutant.text + text[mutant.end:]


def change(text, mutant):
    """What stood on the mutant's lines, and what stands there now; spaces collapsed."""
    begin = text.rfind("\n", 0, mutant.begin) + 1
    end = text.find("\n", mutant.end)
    after = text[begin:mutant.begin] + mutant.text + text[mutant.end:end]
    return " ".join(text[begin:end].split()), " ".join(after.split())
