"""Child processes that wait for orders: one JSON object a line in, one back; their connections stay open."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

Order = dict[str, Any]
Answer = dict[str, Any]


class Child:
    """One child process; ``said`` is what it told when it was ready."""

    def __init__(self, words: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.said: Answer = {}

    def order(self, **order: Any) -> None:
        """Give the child an order without waiting for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Answer:
        """Wait for the answer to an order; ``RuntimeError`` when the child has ended instead."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a child process of the bench ended with {self._process.wait()}")
        found: Answer = json.loads(line)
        return found

    def end(self) -> None:
        """Close its input, which ends it, and wait; end it hard when it does not hear."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


@contextmanager
def children(*lines: Sequence[str]) -> Iterator[list[Child]]:
    """Start a child per command line (a module and its words), wait until all are ready, and end them afterwards."""
    with ExitStack() as stack:
        made = []
        for words in lines:
            child = Child(words)
            stack.callback(child.end)
            made.append(child)
        for child in made:
            child.said = child.answer()
        yield made


def obey(ready: Answer, carry_out: Callable[[Order], Answer]) -> None:
    """Be a child: say ready, then answer each order until the input ends."""
    print(json.dumps(ready), flush=True)
    for line in sys.stdin:
        print(json.dumps(carry_out(json.loads(line))), flush=True)
