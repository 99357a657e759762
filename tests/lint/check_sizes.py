"""Files of 400 lines, functions of 60 lines and 5 parameters at the most."""
import ast
import re

import lint

FILE_LINES = 400
FUNCTION_LINES = 60
PARAMETERS = 5
SIZED = (*lint.CPP, ".py", ".proto", ".sh", ".cmake")
CONTAINER = re.compile(r"\b(namespace|class|struct|enum|union|extern)\b")
# Comments, raw strings, strings and characters hold braces that are not the program's.
NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def find(files):
    for file in files:
        if file.path.endswith(SIZED) and len(file.lines) > FILE_LINES:
            yield lint.Finding(file.path, 1, f"{len(file.lines)} lines; at most {FILE_LINES}")
        functions = cpp_functions(file.text) if file.path.endswith(lint.CPP) else ()
        if file.path.endswith(".py"):
            functions = python_functions(file.text)
        for line, name, length, parameters in functions:
            if length > FUNCTION_LINES:
                yield lint.Finding(file.path, line, f"{name} has {length} lines; at most {FUNCTION_LINES}")
            if parameters > PARAMETERS and not file.name.endswith("_test.cpp"):
                yield lint.Finding(file.path, line, f"{name} has {parameters} parameters; at most {PARAMETERS}, then a struct")


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            # What has a default is named by those who give it, so it is not counted.
            required = node.args.args[: len(node.args.args) - len(node.args.defaults)]
            parameters = [argument for argument in required if argument.arg not in ("self", "cls")]
            yield node.lineno, node.name, node.end_lineno - node.lineno + 1, len(parameters)


def cpp_functions(text):
    """(line, name, lines, parameters) of each function body. Lambdas count as part of the function around them."""
    code = NOT_CODE.sub(lambda match: "".join(c if c == "\n" else " " for c in match[0]), text)
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda match: "\n" * match[0].count("\n"), code, flags=re.MULTILINE)
    statement, position = 0, 0
    while position < len(code):
        character = code[position]
        if character in ";}":
            statement = position + 1
        elif character == "{":
            signature = code[statement:position]
            end = _closing(code, position)
            if position > 0 and re.match(r"[\w>]", code[position - 1]):
                position = end  # a brace initialiser is part of the statement
            elif CONTAINER.search(_outside_brackets(signature)):
                statement = position + 1  # go inside
            else:
                if "(" in signature:
                    yield _describe(code, signature, position, end)
                position, statement = end, end + 1
        position += 1


def _closing(code, start):
    depth = 0
    for position in range(start, len(code)):
        depth += {"{": 1, "}": -1}.get(code[position], 0)
        if depth == 0:
            return position
    return len(code) - 1


def _outside_brackets(signature):
    """The signature without template and function parameters, where "class" and "struct" mean something else."""
    previous = None
    while previous != signature:
        previous = signature
        signature = re.sub(r"<[^<>]*>|\([^()]*\)", " ", signature)
    return signature


def _describe(code, signature, start, end):
    opening = signature.index("(")
    if signature[:opening].rstrip().endswith("operator"):
        opening = signature.index("(", opening + 1)
    words = re.findall(r"[\w:~]+", signature[:opening])
    depth, parameters, any_text = 0, 1, False
    for character in signature[opening:]:
        depth += {"(": 1, "<": 1, "[": 1, "{": 1, ")": -1, ">": -1, "]": -1, "}": -1}.get(character, 0)
        if depth == 0:
            break
        any_text = any_text or character.isalnum()
        parameters += character == "," and depth == 1
    line = code.count("\n", 0, start) + 1
    lines = code.count("\n", start, end) + 1
    return line, words[-1] if words else "function", lines, parameters if any_text else 0


if __name__ == "__main__":
    lint.main("sizes", find)
