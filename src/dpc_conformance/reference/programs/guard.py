"""What is left to do when whoever started programs is gone without having ended them."""

import subprocess
from pathlib import Path

SCRIPT = """
running=
while read -r what group; do
    case $what in
        runs) running="$running $group" ;;
        ended)
            left=
            for each in $running; do [ "$each" = "$group" ] || left="$left $each"; done
            running=$left ;;
    esac
done
for each in $running; do
    kill -s KILL -- "-$each"
    rm -f "/dev/shm/faketime_shm_$each" "/dev/shm/sem.faketime_sem_$each"
done
rm -rf -- "$1"
"""
"""Reads which process groups run; at the end of its input it ends them, and removes the folder of their files."""


class Guard:
    """A process of its own that hears what runs through a pipe; the pipe ends with us, even when we are killed.

    A program may lose the kernel's own remedy, the parent-death signal, when it gives up rights.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is what it removes."""
        self.folder = folder
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", SCRIPT, "guard", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # ^C is for us
        )

    def runs(self, group: int) -> None:
        """That process group has to end with us."""
        self._say(f"runs {group}")

    def ended(self, group: int) -> None:
        """It has ended."""
        self._say(f"ended {group}")

    def leave(self) -> None:
        """Everything is done: there is nothing to guard any more."""
        self._process.kill()
        self._process.communicate()

    def _say(self, line: str) -> None:
        if self._process.stdin is None:
            raise TypeError("a pipe was asked for")
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
