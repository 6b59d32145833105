"""The only imperative shell, which wires the stages together.

A bulletin's way: ``content`` → ``assembly`` → ``preparing`` → ``air``; ``settings`` say how,
``orders`` cut in, ``upkeep`` and ``watch`` stand beside, ``check`` looks ahead.
"""
