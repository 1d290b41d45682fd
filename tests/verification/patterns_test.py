"""What the default set must show: the sceptic preset, P9 (Manila), and the dials of the Philippine roadmap."""
import os
import sys
import tempfile

from folders import SCENARIOS, Checks, read, run, timeline, is_total, number

checks = Checks()
HERE = os.path.dirname(os.path.abspath(__file__))


def value(out, measure, month, column="mean"):
    return timeline(out, measure, column)[month]


def sceptic(folder):
    """Without any effect of dialogue, training and exchange: mandate, money and a deadline still make plans (84 months)."""
    expected = {"": 9, "-mandate": 19, "-money": 22, "-both": 46, "-deadline": 96}
    for name, percent in expected.items():
        out = os.path.join(folder, "sceptic" + name)
        run(os.path.join(HERE, "scenarios", "sceptic-preset" + name), out)
        checks.close(100 * value(out, "adopted", 84), percent, 6, f"sceptic preset{name}: percent adopted after 84 months")
    functioning = value(os.path.join(folder, "sceptic-deadline"), "functioning", 84)
    checks.that(functioning < 0.1, f"sceptic preset with a deadline: hardly any functioning ({100 * functioning:.0f} %)")


def manila(folder):
    """P9: one workshop is a first step only; with a modest two-way mechanism plans come to function."""
    out = os.path.join(folder, "workshop")
    run(os.path.join(SCENARIOS, "manila-workshop"), out)
    role = timeline(out, "role")
    checks.close(role[1], 0.36, 0.04, "Manila: mean role after the workshop")
    places = value(out, "places", 1)
    checks.close(1 - value(out, "stage_unaware", 1) / places, 0.75, 0.1, "Manila: share aware or further after the workshop")
    # One change a month: who becomes aware in the workshop engages the month after.
    checks.close(value(out, "stage_engaged", 2) / places, 0.33, 0.12, "Manila: share engaged the month after the workshop")
    checks.that(value(out, "functioning", 49, "p95") == 0, "Manila: 48 months on without follow-up nobody functions")
    out = os.path.join(folder, "follow-through")
    run(os.path.join(SCENARIOS, "manila-follow-through"), out)
    checks.close(value(out, "adopted", 49), 0.59, 0.12, "Manila with follow-through: share with a plan, 48 months on")
    checks.close(value(out, "functioning", 49), 0.55, 0.12, "Manila with follow-through: share functioning, 48 months on")


def philippine_dials(folder):
    """Functioning at month 60: each dial halved and doubled moves it in the sensible direction by more than its band."""
    def at_60(name, *settings):
        out = os.path.join(folder, "ph-" + name)
        run(os.path.join(SCENARIOS, "philippines-roadmap"), out, "--replicates", "200", "--threads", "2", "--set", "scenario.months=60",
            *[word for setting in settings for word in ("--set", setting)])
        low, median, high = (value(out, "functioning", 60, column) for column in ("p05", "median", "p95"))
        print(f"      {name}: {100 * median:.0f} % ({100 * low:.0f} to {100 * high:.0f}), service {value(out, 'service', 60):.2f}")
        return low, median, high

    base = at_60("base")
    checks.that(0.20 <= base[1] <= 0.27, "base: about 20 to 27 % function at month 60")
    for dial in ("resourcing", "engagement"):
        less, more = at_60(dial + "-halved", dial + "*=0.5"), at_60(dial + "-doubled", dial + "*=2")
        checks.that(less[2] < base[0] and more[0] > base[2], f"{dial} halved and doubled moves functioning by more than its band")
    # More trainings crowd out other events while slots are scarce: halving them loses more than the
    # band once resourcing is doubled, and doubling them gains nothing until there are slots for all.
    rich = at_60("resourcing-doubled", "resourcing*=2")
    at_60("resourcing and capacity_building doubled", "resourcing*=2", "capacity_building*=2")
    untrained = at_60("resourcing doubled, capacity_building halved", "resourcing*=2", "capacity_building*=0.5")
    checks.that(untrained[2] < rich[0], "with resourcing doubled, capacity_building halved lowers functioning by more than its band")
    ample, trained = at_60("resourcing times 4", "resourcing*=4"), at_60("and capacity_building doubled", "resourcing*=4", "capacity_building*=2")
    checks.that(trained[1] > ample[1], "with slots for all, capacity_building doubled raises functioning")
    all_halved = at_60("all-halved", "resourcing*=0.5", "engagement*=0.5", "capacity_building*=0.5")
    all_doubled = at_60("all-doubled", "resourcing*=2", "engagement*=2", "capacity_building*=2")
    checks.that(0.025 <= all_halved[1] <= 0.065, "all three halved: about 3 to 6 %")
    checks.that(0.57 <= all_doubled[1] <= 0.67, "all three doubled: about 58 to 66 %")


with tempfile.TemporaryDirectory() as folder:
    for pattern in (sceptic, manila, philippine_dials):
        pattern(folder)
sys.exit(1 if checks.failed else 0)
