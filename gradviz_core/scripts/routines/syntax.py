"""Syntax: what a single node says in the body of a routine."""

import ast


def name_of(node: ast.expr) -> str:
    """Return the name that a node is, or an empty string if it is not one."""
    return node.id if isinstance(node, ast.Name) else ""


def only_target(statement: ast.stmt) -> ast.expr | None:
    """Return the target of an assignment, if it has only one."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return statement.targets[0]
    return statement.target if isinstance(statement, ast.AugAssign) else None


def is_operation(node: ast.AST, operator: type[ast.operator]) -> bool:
    """Whether a node applies an operator."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, operator)


def is_sum(node: ast.AST) -> bool:
    """Whether a node adds or subtracts."""
    return is_operation(node, ast.Add) or is_operation(node, ast.Sub)


def subtracts_product(node: ast.AST) -> bool:
    """Whether a node subtracts a product, as a step downhill does."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
        operand = node.value
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        operand = node.right
    else:
        return False
    return any(is_operation(inner, ast.Mult) for inner in ast.walk(operand))
