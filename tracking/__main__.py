"""The command line: `python -m tracking COMMAND`."""

from tracking.commands import group

if __name__ == "__main__":
    group(prog_name="python -m tracking")
