"""Asks z3 or clingo the questions of a file, and prints the verdicts and the seconds that they took.

A question is a line `length;event from until;...`: a duty may be done on any of so many days from event 0 on, and a ban holds from
`from` days after its event until `until` days after it. Each event comes on some day or never. Is there a history in which every
day of the duty is banned?
"""

import sys
import time


def read(path):
    for line in open(path):
        length, *bans = line.strip().split(";")
        yield int(length), [tuple(map(int, ban.split())) for ban in bans]


def ask_z3(length, bans, last):
    import z3

    solver = z3.SolverFor("QF_IDL")
    events = sorted({0} | {event for event, _, _ in bans})
    day = {event: z3.Int(f"t{event}") for event in events}
    comes = {event: z3.Bool(f"c{event}") for event in events}
    for event in events:
        solver.add(day[event] >= 0)
    solver.add(comes[0])
    for offset in range(length):
        covered = []
        for event, start, until in bans:
            # start <= t0 + offset - t(event) < until
            gap = day[0] - day[event]
            covered.append(z3.And(comes[event], gap >= start - offset, gap <= until - 1 - offset))
        solver.add(z3.Or(covered))
    return solver.check() == z3.sat


PROGRAM = """
{ on(E, D) : D = 0..last } 1 :- event(E).
event(0). event(E) :- ban(_, E, _, _).
:- not on(0, _).
begins(T) :- on(0, T).
banned(O) :- begins(T), ban(B, E, F, U), on(E, S), day(O), T + O - S >= F, T + O - S < U.
:- day(O), not banned(O).
"""


def ask_clingo(length, bans, last):
    import clingo

    control = clingo.Control(["--warn=none", "-c", f"last={last}"])
    facts = f"day(0..{length - 1})."
    facts += "".join(f" ban({number}, {event}, {start}, {until})." for number, (event, start, until) in enumerate(bans))
    control.add("base", [], facts + PROGRAM)
    control.ground([("base", [])])
    return control.solve().satisfiable


def main():
    solver, path, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
    ask = {"z3": ask_z3, "clingo": ask_clingo}[solver]
    questions = list(read(path))
    ask(*questions[0], last)  # loads the library
    start = time.perf_counter()
    verdicts = "".join("1" if ask(length, bans, last) else "0" for length, bans in questions)
    print(verdicts, time.perf_counter() - start)


main()
