"""Kernels are forks of one process that has loaded what most pages import, so that no page waits for it.

This file is also the program of that process, run as a text: to a page, a module that it did not import must not seem
loaded.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

POSSIBLE = sys.platform == "linux"  # elsewhere what a library has started may not live on in a fork
MANY = 100_000  # new objects until Python looks for circles to free: formulas are many small ones, and hold none
LOADED = (
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "numpy",
    "sklearn.datasets",
    "sympy",
)


class Nursery:
    """The process that all kernels are forks of: they end with it, and it ends with the one that builds.

    `packages` are those whose modules it loads, of the ones that take long.
    """

    def __init__(self, environment: dict[str, str], packages: Collection[str] = ()) -> None:
        loaded = [name for name in LOADED if name.partition(".")[0] in {"ipykernel", *packages}]
        command = [sys.executable, "-P", "-c", "import sys; exec(open(sys.argv[1]).read())", __file__, *loaded]
        self._process = subprocess.Popen(
            command,
            env=environment,
            start_new_session=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def fork(self, arguments: list[str], folder: str) -> int:
        """The number of a new process, a kernel with these arguments in this folder.

        Raises:  RuntimeError if the process has ended
        """
        assert self._process.stdout  # it is a pipe
        with suppress(BrokenPipeError):
            print(json.dumps([arguments, folder]), file=self._process.stdin, flush=True)
        if not (answer := self._process.stdout.readline()):
            raise RuntimeError("no kernel can start: the error above says what could not be loaded")
        return int(answer)

    def close(self) -> None:
        with suppress(BrokenPipeError):
            self._process.communicate()


class ForkedKernel(LocalProvisioner):
    """How a manager's kernel starts and ends: as a fork, in place of a program."""

    process: Any  # a Fork; to the class that this one extends it is a Popen

    def __init__(self, nursery: Nursery, **settings: object) -> None:
        super().__init__(**settings)
        self._nursery = nursery

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> KernelConnectionInfo:
        self.cwd = settings["cwd"]
        self.pid = self.pgid = self._nursery.fork(cmd[cmd.index("-f") :], self.cwd)
        self.process = Fork(self.pid)
        return self.connection_info


class Fork:
    """A process that is no child of this one, with what a provisioner uses of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while the process is there."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -1
        return None

    wait = poll  # is called when the process has ended

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


def serve() -> None:
    """Answer each line of the input with the number of a new kernel."""
    for name in sys.argv[2:]:
        importlib.import_module(name)
    gc.freeze()  # what is loaded stays, and is not looked through again
    gc.set_threshold(MANY)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # of a kernel that has ended nothing is left
    for line in sys.stdin:
        if pid := os.fork():
            print(pid, flush=True)
        else:
            become_kernel(*json.loads(line))


def become_kernel(arguments: list[str], folder: str) -> None:
    """What `python -m ipykernel_launcher` does, in this process."""
    from ipykernel.kernelapp import launch_new_instance

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # the answers are the nursery's alone
    os.chdir(folder)
    sys.argv[1:] = [*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]  # it ends when that process does
    launch_new_instance()
    sys.exit()


if __name__ == "__main__":
    serve()
    os._exit(0)  # what was loaded takes half a second to be tidied up
