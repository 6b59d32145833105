"""The daemon: the only imperative shell, which wires the stages together."""
