"""Ctrl-C ends long work, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time

import pytest

READY = "import stance, sys; model = stance.Model.load(); print('ready', flush=True)\n"

# What is made ready, and one call that would take much longer than the test waits.
LONG = {
    "tag": ("texts = ['It will not, whatever they say.'] * 4_000_000", "model.tag(texts)"),
    "tag_articles": (
        "text = 'It will not, whatever they say. ' * 100\n"
        "articles = [stance.Article(text, source=str(n)) for n in range(20_000)]",
        "model.tag_articles(articles)",
    ),
    "train": ("", "stance.train(sys.argv[1], folds=20)"),
    "evaluate": ("", "stance.evaluate(sys.argv[1], folds=20)"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="skipped: no SIGINT for a child process")
@pytest.mark.parametrize("work", LONG)
def test_ctrl_c_ends_long_work(work, root):
    prepare, call = LONG[work]
    script = f"import stance, sys\n{prepare}\n{READY}\n{call}\nprint('returned')"
    labels = root / "data" / "labels.csv"
    process = subprocess.Popen(
        [sys.executable, "-c", script, labels],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        time.sleep(1)
        assert process.poll() is None, process.stderr.read()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert errors.rstrip().endswith("KeyboardInterrupt"), errors
    assert "returned" not in output


def test_other_threads_run_meanwhile(model):
    import threading

    counted, done = [0], threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    before = counted[0]
    model.tag(["It will not, whatever they say."] * 50_000)
    done.set()
    counter.join()
    assert counted[0] - before > 10


def test_a_process_that_was_forked_has_threads_of_its_own(model):
    code = READY + textwrap.dedent(
        """
        import os
        model.tag(["It will not."] * 100)
        child = os.fork()
        if child == 0:
            os._exit(0 if len(model.tag(["It will not."] * 100)) == 100 else 1)
        sys.exit(os.waitpid(child, 0)[1])
        """
    )
    if sys.platform == "win32":
        pytest.skip("skipped: no fork")
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=120)
