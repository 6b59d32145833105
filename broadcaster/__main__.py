"""``python -m broadcaster``: the command line, for where no script was installed."""

from broadcaster.cli import main

if __name__ == "__main__":
    main(prog_name="broadcaster")
