"""Prints CPython's syntax tree of the files named on standard input, one node a line, for a comparison with ours.

A line holds depth, kind, UTF-16 offsets, and the node's fields: scalars as they are, lists as their length, optional
children as `+` or `-`. A file begins with `# path`, or `! path` where CPython rejects it. Before 3.12 CPython does not
know where the parts of an f-string are; nodes in one have no offsets then.
"""

import ast
import io
import json
import re
import struct
import sys
import tokenize
import warnings

LINE_BREAK = re.compile("\r\n|\r|\n")
IGNORED = {"ctx", "type_comment", "type_ignores", "simple", "kind", "str"}
LOCATES_FORMATTED = sys.version_info >= (3, 12)


class Offsets:
    """UTF-16 offsets for CPython's lines and UTF-8 columns."""

    def __init__(self, text):
        self.lines = []
        start = 1 if text.startswith("\ufeff") else 0
        previous = start
        breaks = list(LINE_BREAK.finditer(text))
        for end in [match.end() for match in breaks] + [len(text)]:
            line = text[previous:end]
            self.lines.append((start, line if not line.isascii() else None, line.encode("utf-8", "surrogatepass")))
            start += len(line.encode("utf-16-le", "surrogatepass")) // 2
            previous = end

    def at(self, line, column):
        start, text, encoded = self.lines[line - 1]
        if text is None:
            return start + column
        return start + len(encoded[:column].decode("utf-8").encode("utf-16-le")) // 2


def scalar(value):
    if isinstance(value, str):
        return "s" + json.dumps(value)
    if isinstance(value, bytes):
        return "b" + json.dumps(value.decode("latin-1"))
    if isinstance(value, bool) or value is None or value is Ellipsis:
        return str(value)
    if isinstance(value, int):
        return hex(value)
    if isinstance(value, float):
        return "f" + struct.pack(">d", value).hex()
    return "c" + struct.pack(">d", value.imag).hex()


def is_child(value):
    return isinstance(value, ast.AST) and not isinstance(
        value, (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)
    )


def described(node, name, value, children):
    """How a field is printed; its nodes are added to the children."""
    if is_child(value):
        children.append(value)
        return name + "=+"
    if isinstance(value, ast.AST):
        return f"{name}={type(value).__name__}"
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value) and value:
            return f"{name}=[{','.join(map(scalar, value))}]"
        if value and isinstance(value[0], ast.cmpop):
            return f"{name}=[{','.join(type(item).__name__ for item in value)}]"
        children.extend(value)
        return f"{name}={len(value)}"
    if value is None and not isinstance(node, (ast.Constant, ast.MatchSingleton)):
        return name + "=-"
    return f"{name}={scalar(value)}"


def merged(parts):
    """Some versions split the literal parts of a format where it has an escape, or leave empty ones."""
    result = []
    for part in parts:
        last = result[-1] if result else None
        if not isinstance(part, ast.Constant) or not isinstance(last, ast.Constant):
            result.append(part)
            continue
        last.value += part.value
        last.end_lineno, last.end_col_offset = part.end_lineno, part.end_col_offset
    return [part for part in result if not isinstance(part, ast.Constant) or part.value != ""]


def is_printed(name, value):
    return name not in IGNORED and not (name == "type_params" and not value) and not (name == "default_value" and not value)


def dump(tree, offsets, out):
    stack = [(tree, 0, True)]
    while stack:
        node, depth, is_located = stack.pop()
        if node is None:
            out.write(f"{depth} None\n")
            continue
        span = "?"
        if hasattr(node, "lineno") and is_located:
            end = offsets.at(node.end_lineno, node.end_col_offset)
            span = f"{offsets.at(node.lineno, node.col_offset)}-{end}"
        if isinstance(node, ast.JoinedStr):
            node.values = merged(node.values)
        children = []
        fields = [
            described(node, name, value, children)
            for name, value in ast.iter_fields(node)
            if is_printed(name, value)
        ]
        out.write(" ".join([str(depth), type(node).__name__, span, *fields]) + "\n")
        is_located = is_located and (LOCATES_FORMATTED or not isinstance(node, ast.JoinedStr))
        stack.extend((child, depth + 1, is_located) for child in reversed(children))


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    return raw, raw.decode("utf-8" if encoding == "utf-8-sig" else encoding)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    for path in sys.stdin.read().splitlines():
        try:
            raw, text = read(path)
            tree = ast.parse(raw)
        except (SyntaxError, ValueError, LookupError, RecursionError, MemoryError):
            print("! " + path)
            continue
        print("# " + path)
        out = io.StringIO()
        dump(tree, Offsets(text), out)
        sys.stdout.write(out.getvalue())


main()
