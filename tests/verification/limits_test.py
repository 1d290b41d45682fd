"""The limits of the nlc model in which mathematics knows the answer, from the CSV that `run` writes."""
import os
import re
import statistics
import subprocess
import sys
import tempfile

from folders import Checks, deep_nodes, flat_nodes, read, run, series, timeline, write_scenario, is_total, number

checks = Checks()
SIGMAS = 4.5

# Everything that moves a state, so that a limit can switch off all but one thing.
GAINS = ["briefing_awareness", "meeting_awareness", "meeting_trust", "meeting_formalisation", "dialogue_role", "dialogue_trust",
         "training_capacity", "exchange_role", "exchange_awareness", "exchange_capacity", "reply_trust", "no_reply_trust",
         "reliance_up", "reliance_down", "regard_up", "regard_down", "formalisation_loss", "focal_share"]


def training_and_decay(folder):
    """C' = a(C + B g (1 - C)), B Bernoulli(q): exact stationary mean and variance."""
    g, half_life, q, places, replicates, months = 0.42, 11, 0.5, 40, 400, 120
    scenario = write_scenario(os.path.join(folder, "training"), {"months": months}, flat_nodes(places),
                              [("slots", "unlimited"), ("trainings", 12 * q), ("staff_turnover", 0)],
                              {"training_capacity": g, "absorption_floor": 1, "trust_floor": 1, "misfit": 0,
                               "capacity_half_life": half_life, "start_capacity": 0.237})
    out = os.path.join(folder, "training-out")
    run(scenario, out, "--series", "--replicates", str(replicates))
    a = 2 ** (-1 / half_life)
    mean = a * q * g / (1 - a * (1 - q * g))
    second = a * a * q * (2 * g * (1 - g) * mean + g * g) / (1 - a * a * (1 - q + q * (1 - g) ** 2))
    variance = second - mean * mean
    values = series(out, "capacity", months)
    checks.that(len(values) == replicates, f"series.csv has {replicates} runs")
    checks.close(statistics.fmean(values), mean, SIGMAS * (variance / places / replicates) ** 0.5, "stationary mean of capacity")
    checks.close(statistics.variance(values) * places, variance, SIGMAS * variance * (2 / replicates) ** 0.5 * 1.1,
                 "stationary variance of capacity")


def blind_spot(folder):
    """Reports every month from direct contact: the scalar Kalman recursion, month by month."""
    rho, noise = 0.9, 0.37
    parameters = {"picture_persistence": rho, "report_noise": noise, "informal_reporting": 1, "capacity_floor": 1, "start_trust": 1,
                  "no_reply_trust": 0}
    scenario = write_scenario(os.path.join(folder, "kalman"), {"months": 30}, flat_nodes(3), [("slots", 0)], parameters)
    out = os.path.join(folder, "kalman-out")
    run(scenario, out, "--replicates", "5")
    values, without = timeline(out, "picture_error"), timeline(out, "picture_error_without")
    v = w = 1.0
    worst = 0
    for month in range(1, 31):
        v = rho * rho * v + 1 - rho * rho
        v = v * noise / (v + noise)
        w = rho * rho * w + 1 - rho * rho
        worst = max(worst, abs(values[month] - v), abs(without[month] - w))
    checks.that(worst < 2e-6, f"blind spot follows the Kalman recursion for 30 months, worst difference {worst:.1e}")
    # The fixed point: V = s V' / (V' + s) with V' = rho^2 V + 1 - rho^2.
    b, c = noise * (1 - rho * rho) + (1 - rho * rho), -noise * (1 - rho * rho)
    fixed = (-b + (b * b - 4 * rho * rho * c) ** 0.5) / (2 * rho * rho)
    checks.close(values[30], fixed, 2e-6, "blind spot ends at the fixed point")


def security_channel(folder):
    """The security channel alone sees no further than its own bias."""
    bias, noise, rho = 0.6, 0.3, 0.95
    scenario = write_scenario(os.path.join(folder, "security"), {"months": 60}, flat_nodes(3), [("security_channel", 12), ("slots", 0)],
                              {"start_trust": 0, "security_bias": bias, "security_noise": noise, "picture_persistence": rho})
    out = os.path.join(folder, "security-out")
    run(scenario, out, "--replicates", "5")
    values = timeline(out, "picture_error")
    v, worst = 1.0, 0
    for month in range(1, 61):
        v = rho * rho * v + 1 - rho * rho
        excess = v - bias * bias
        v = bias * bias + excess * noise / (excess + noise)
        worst = max(worst, abs(values[month] - v))
    checks.that(worst < 2e-6, f"security channel follows its recursion, worst difference {worst:.1e}")
    checks.that(min(values.values()) >= bias * bias, f"security channel never sees below b^2: {min(values.values()):.6f}")


EVENTS = [("briefings", 4), ("meetings", 6), ("dialogues", 3), ("trainings", 4), ("peer_exchanges", 3)]


def slots(folder):
    nodes = deep_nodes(2, 10)
    common = EVENTS + [("direct_channel", 0.4), ("responsiveness", 1)]
    scenario = write_scenario(os.path.join(folder, "unlimited"), {"months": 36, "peers": "nearest:3", "adopting": "city"}, nodes,
                              common + [("slots", "unlimited"), ("drafting_support", 0.7)])
    out = os.path.join(folder, "unlimited-out")
    run(scenario, out, "--replicates", "20")
    for column in ("median", "p05", "p95", "mean"):
        checks.that(set(timeline(out, "service", column).values()) == {1.0}, f"slots unlimited: service is 1 ({column})")
    scenario = write_scenario(os.path.join(folder, "none"), {"months": 36, "peers": "nearest:3", "adopting": "city"}, nodes,
                              common + [("slots", 0)])
    out = os.path.join(folder, "none-out")
    run(scenario, out, "--replicates", "20")
    for measure in ("events_delivered", "reports_replied", "service", "ever_briefed", "ever_met", "guidance_reach"):
        checks.that(set(timeline(out, measure).values()) == {0.0}, f"slots 0: no {measure}")
    checks.that(min(timeline(out, "events_asked").values()) > 0, "slots 0: events are still asked for")
    flows = [row for row in read(out, "flows.csv") if row["kind"] in ("briefing", "meeting", "reply")]
    checks.that(flows and all(number(row["delivered"]) == 0 for row in flows), "slots 0: no flow down in flows.csv")


def nothing_moves(folder):
    """All gains, losses and decays 0: nothing but clocks and Q moves."""
    parameters = {name: 0 for name in GAINS}
    parameters.update(own_funding=0, informal_reporting=0, picture_persistence=1, capacity_half_life=60, awareness_half_life=120,
                      role_threshold=1, awareness_threshold=1, awareness_spread=0)
    scenario = write_scenario(os.path.join(folder, "still"), {"months": 48, "peers": "nearest:3"}, deep_nodes(2, 10),
                              EVENTS + [("slots", "unlimited"), ("two_way", 0)], parameters)
    out = os.path.join(folder, "still-out")
    run(scenario, out, "--replicates", "10")
    for measure in ("role", "trust", "formalisation", "security_reliance", "picture_error", "own_income", "adopted"):
        values = list(timeline(out, measure, "p95").values()) if measure != "adopted" else []
        checks.that(all(value == values[0] for value in values), f"nothing moves {measure}")
    # Half-lives cannot be infinite: awareness and capacity fall by theirs and by nothing else.
    for measure, half_life in (("awareness", 120), ("capacity", 60)):
        values = timeline(out, measure)
        checks.close(values[48] / values[1], 2 ** (-47 / half_life), 2e-4, f"{measure} falls by its half-life alone")
    score = timeline(out, "audit_score")
    checks.that(score[1] != score[48], "the audit score moves with the clocks")


def totals(folder):
    """Totals equal the sums over tiers, waves and countries."""
    out = os.path.join(folder, "totals")
    run(os.path.join(os.environ["NLCSIM_SCENARIOS"], "first-steps"), out, "--replicates", "12")
    rows = read(out, "timeline.csv")
    for measure in ("stage_engaged", "events_delivered", "reports_sent", "new_adoptions", "places", "cost"):
        for column in ("tier", "wave", "country"):
            worst = 0.0
            sums, whole = {}, {}
            for row in rows:
                if row["measure"] != measure:
                    continue
                if is_total(row):
                    whole[row["month"]] = number(row["mean"])
                elif row[column] != "all" and all(row[other] == "all" for other in ("tier", "wave", "country", "group", "size")
                                                  if other != column and other in row):
                    sums[row["month"]] = sums.get(row["month"], 0) + number(row["mean"])
            for month, total in whole.items():
                worst = max(worst, abs(total - sums.get(month, float("nan"))) / max(1.0, abs(total)))
            checks.that(worst <= 2e-3, f"{measure}: the sum over {column} is the total, worst difference {worst:.1e}")


def summary(folder):
    """The screen after a run agrees with the files: service by kind, summed over the months."""
    out = os.path.join(folder, "summary")
    words = [os.environ["NLCSIM"], "run", os.path.join(os.environ["NLCSIM_SCENARIOS"], "first-steps"), "-o", out]
    screen = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    printed = dict(re.findall(r"(\w+) (\d+) \(\d+-\d+\)", screen.split("service, %:")[1].split("\nup ")[0]))
    sums = {}
    for row in read(out, "flows.csv"):
        if row["pool"] == "all" and row["country"] == "all" and row["tier"] == "all" and row["asked"]:
            asked, delivered = sums.get(row["kind"], (0, 0))
            sums[row["kind"]] = (asked + number(row["asked"]), delivered + number(row["delivered"]))
    checks.that(len(printed) >= 5, f"the summary shows service for {len(printed)} kinds")
    for kind, percent in printed.items():
        asked, delivered = sums[kind]
        checks.close(float(percent), 100 * delivered / asked, 2.5, f"service of {kind} on the screen and in flows.csv")


with tempfile.TemporaryDirectory() as folder:
    for limit in (training_and_decay, blind_spot, security_channel, slots, nothing_moves, totals, summary):
        limit(folder)
sys.exit(1 if checks.failed else 0)
