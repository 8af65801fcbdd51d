"""Work that is done in child processes gives what it gives here, in order, whatever becomes of a child."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from tradewatch.pipeline import Children


def test_without_children_the_work_is_done_here() -> None:
    with Children(str, 0) as none:
        assert list(none.map([3, 1, 2])) == ["3", "1", "2"]


def run(script: str) -> str:
    """What a script prints; in a process of its own, since only one without threads is forked."""
    head = "import os, signal, time\nfrom itertools import islice\nfrom tradewatch.pipeline import Children\n"
    done = subprocess.run([sys.executable, "-c", head + textwrap.dedent(script)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return done.stdout.strip()


linux = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux alone")


@linux
def test_the_answers_come_in_the_order_of_the_tasks_and_from_several_processes() -> None:
    script = """
    with Children(lambda number: (number, os.getpid()), 2) as two:
        answers = list(two.map(range(7)))
    print([number for number, _ in answers], len({process for _, process in answers} - {os.getpid()}))
    """
    assert run(script) == "[0, 1, 2, 3, 4, 5, 6] 2"


@linux
def test_a_child_that_dies_loses_no_task() -> None:
    script = """
    def work(number):
        if number == 2 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return number
    parent = os.getpid()
    with Children(work, 2) as two:
        print(list(two.map(range(6))), list(two.map([7, 8])))
    """
    assert run(script) == "[0, 1, 2, 3, 4, 5] [7, 8]"


@linux
def test_answers_that_nobody_waited_for_do_not_turn_up_later() -> None:
    script = """
    with Children(str, 2) as two:
        some = two.map(range(100))
        next(some)
        some.close()
        print(list(two.map("ab")))
    """
    assert run(script) == "['a', 'b']"


@linux
def test_children_end_with_a_parent_that_is_killed() -> None:
    script = """
    import sys, tempfile
    children = Children(lambda task: os.getpid(), 2)
    print(*children.map(range(2)), flush=True)
    time.sleep(60)
    """
    command = [sys.executable, "-c", "import os, time\nfrom tradewatch.pipeline import Children\n" + textwrap.dedent(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        children = [int(number) for number in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 10
    while any(_runs(child) for child in children):
        assert time.monotonic() < deadline, "a child outlives its parent"
        time.sleep(0.01)
    assert len(set(children)) == 2


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:  # noqa: PTH123
        return stat.read().rpartition(")")[2].split()[0] != "Z"
