/* clang-format off */
/* The parameters of the nlc model: the one list from which the enumeration of the kernel, the table
 * of the descriptor, and everything that reads that table are made.
 * X(name, symbol, unit, default, low, high, evidence, source, meaning) */
#define NLC_PARAMETERS(X) \
    X(guidance_fidelity, "f", "1", 0.8F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "share of guidance that survives one hop") \
    X(briefing_awareness, "b_A", "1/event", 0.45F, 0.0F, 1.0F, NLC_LITERATURE, \
      "Hjort et al. 2021 AER: informing mayors raised adoption by 10 points (upper bound)", \
      "gain on awareness of one briefing") \
    X(meeting_awareness, "m_A", "1/event", 0.22F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "gain on awareness of one meeting") \
    X(meeting_trust, "m_T", "1/event", 0.06F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "gain on trust of one fully two-way meeting") \
    X(meeting_formalisation, "m_Z", "1/event", 0.05F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "gain on formalisation of one meeting") \
    X(dialogue_role, "d_R", "1/event", 0.65F, 0.0F, 1.0F, NLC_TUNED, \
      "direction from the report of the Manila workshop 2023: recognition by national counterparts was the critical first step", \
      "gain on role of one recognition dialogue at full regard") \
    X(dialogue_trust, "d_T", "1/event", 0.08F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "gain on trust of one dialogue") \
    X(training_capacity, "t_C", "1/event", 0.42F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "gain on capacity of one training for a fully aware place") \
    X(absorption_floor, "a0", "1", 0.5F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "Shipan & Volden 2014: internal expertise complements outside learning", \
      "share of training absorbed without awareness") \
    X(exchange_role, "x_R", "1/event", 0.35F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "move of role towards the peers' mean in one exchange") \
    X(exchange_awareness, "x_A", "1/event", 0.3F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "move of awareness towards the peers' mean in one exchange") \
    X(exchange_capacity, "x_C", "1/event", 0.3F, 0.0F, 1.0F, NLC_TUNED, \
      "Shipan & Volden 2014", \
      "move of capacity towards the peers' mean in one exchange") \
    X(informal_reporting, "o", "1/month", 0.05F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "reporting in a month without a meeting relative to one with") \
    X(capacity_floor, "c0", "1", 0.4F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "reporting ability without any capacity") \
    X(report_noise, "s2_0", "1", 0.5F, 0.01F, 10.0F, NLC_ASSUMPTION, \
      "", \
      "noise variance of a report at full capacity and direct contact") \
    X(hop_noise, "", "1", 0.5F, 0.0F, 10.0F, NLC_ASSUMPTION, \
      "", \
      "extra noise of a report that passes through the tier above") \
    X(picture_persistence, "rho", "1/month", 0.95F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "month-to-month correlation of local conditions") \
    X(reply_trust, "y_T", "1/event", 0.1F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "gain on trust of one reply to a report") \
    X(no_reply_trust, "n_T", "1/event", 0.08F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "trust is taken to be lost about as fast as it is won; no measured value is known", \
      "loss of trust from one unanswered report") \
    X(security_bias, "", "1", 0.6F, 0.0F, 3.0F, NLC_ASSUMPTION, \
      "", \
      "shared bias of the security channel (standard deviations)") \
    X(security_noise, "", "1", 0.3F, 0.01F, 10.0F, NLC_ASSUMPTION, \
      "", \
      "noise variance of one security report") \
    X(reliance_up, "s_up", "1/month", 0.05F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "gain on security reliance without mayors' reports") \
    X(reliance_down, "s_down", "1/event", 0.15F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "loss of security reliance from one report of the mayor's own") \
    X(regard_up, "g_up", "1/month", 0.15F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "gain on national regard when all places report") \
    X(regard_down, "g_down", "1/month", 0.01F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "monthly loss of national regard") \
    X(own_funding, "", "coordinator-months/month", 0.8F, 0.0F, 2.0F, NLC_ASSUMPTION, \
      "", \
      "own income of an engaged place at full income strength and full role") \
    X(funds_max, "", "coordinator-months", 24.0F, 1.0F, 120.0F, NLC_ASSUMPTION, \
      "", \
      "largest reserve a place can hold") \
    X(capacity_half_life, "", "months", 11.0F, 2.0F, 60.0F, NLC_LITERATURE, \
      "Tatel & Ackerman: half of gains lost in 6.5 to 13 months without use; industry up to 30", \
      "half-life of trained capacity without refreshers") \
    X(awareness_half_life, "", "months", 24.0F, 2.0F, 120.0F, NLC_ASSUMPTION, \
      "", \
      "half-life of awareness") \
    X(formalisation_loss, "z_down", "1/month", 0.02F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "monthly loss of formalisation after three months without a meeting") \
    X(focal_share, "", "1", 0.5F, 0.0F, 1.0F, NLC_LITERATURE, \
      "DellaVigna, Kim & Linos 2024: retention of the original staff member matters", \
      "share of capacity that leaves with the focal point") \
    X(election_keep, "keep0", "1", 0.3F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "share of role and trust that survives a change of head without formalisation") \
    X(election_lapse, "lapse", "1", 0.4F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "Philippine mayors: 35 to 42 % new per three-year election", \
      "chance that a voluntary plan lapses when the head changes and nothing is formalised") \
    X(awareness_threshold, "theta_A", "1", 0.3F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "awareness at which a place counts as aware") \
    X(role_threshold, "theta_R", "1", 0.4F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "role at which a place can engage") \
    X(capacity_threshold, "theta_C", "1", 0.3F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "capacity the audit asks for") \
    X(draft_hazard, "h0", "1/month", 0.03F, 0.0F, 1.0F, NLC_TUNED, \
      "national regimes: 0.0004 to 0.059 a month", \
      "monthly chance to begin drafting at full role with no other push") \
    X(role_half, "R_half", "1", 0.6F, 0.01F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "role at half effect") \
    X(mandate_effect, "k_m", "1", 0.7F, 0.0F, 10.0F, NLC_TUNED, \
      "Belgium 2018 law: hazard 1.4 to 1.5 times higher", \
      "relative push of a clear statutory mandate") \
    X(funding_effect, "k_g", "1", 3.0F, 0.0F, 10.0F, NLC_TUNED, \
      "Wallonia, mandate with subsidy: 2.9 times", \
      "relative push of a year of coordination in hand") \
    X(legacy_effect, "k_l", "1", 3.0F, 0.0F, 10.0F, NLC_TUNED, \
      "DellaVigna et al. 2024; Germany: 77 % of first partnerships continued an older plan", \
      "relative push of an existing mechanism") \
    X(support_effect, "k_s", "1", 2.5F, 0.0F, 10.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "relative push of offered drafting support") \
    X(peer_effect, "k_p", "1/month", 0.12F, 0.0F, 1.0F, NLC_TUNED, \
      "Shipan & Volden 2008; He et al. 2024: peers matter under encouragement and not once mandatory", \
      "monthly chance to begin from adopted peers at full capacity") \
    X(nap_gap, "", "1", 0.15F, 0.0F, 1.0F, NLC_TUNED, \
      "Indonesia: 8 provinces in December 2023 and 8 in February 2025", \
      "pace of beginning and of drafting while no national plan is in force, relative to in force") \
    X(draft_pace, "w0", "1/month", 0.06F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "drafting progress a month unaided") \
    X(draft_pace_capacity, "w_C", "1/month", 0.1F, 0.0F, 1.0F, NLC_TUNED, \
      "typical drafting 6 to 14 months; NIRN: 2 to 4 years to full implementation", \
      "extra drafting progress at full capacity") \
    X(draft_pace_support, "w_S", "1/month", 0.22F, 0.0F, 1.0F, NLC_TUNED, \
      "Kenya: three teams, two days a county; North Macedonia: three workshops in two years", \
      "extra drafting progress at full support") \
    X(draft_pace_legacy, "w_L", "1/month", 0.04F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "extra drafting progress with a legacy mechanism") \
    X(unfunded_pace, "", "1", 0.5F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "drafting pace without funds") \
    X(stall, "", "1/month", 0.03F, 0.0F, 1.0F, NLC_LITERATURE, \
      "Chamberlain, Brown & Saldana 2011: counties that stop before implementation", \
      "monthly chance that drafting stalls at zero role") \
    X(compliance, "", "1/month", 0.35F, 0.0F, 1.0F, NLC_TUNED, \
      "Kenya 2019: 47 of 47 within a year of the order", \
      "monthly chance to adopt after a statutory deadline") \
    X(fade, "", "1/month", 0.03F, 0.0F, 1.0F, NLC_TUNED, \
      "set so that the patterns of the ODD document come out together", \
      "monthly chance that an unfunded plan that fails its audit goes dormant after the national plan has lapsed") \
    X(audit_pass, "pass", "1", 0.65F, 0.0F, 1.0F, NLC_LITERATURE, \
      "Philippine peace and order council audit: pass mark 65 then 70 %", \
      "score from which a plan counts as functioning") \
    X(audit_margin, "margin", "1", 0.05F, 0.0F, 0.5F, NLC_ASSUMPTION, \
      "", \
      "hysteresis of the pass mark") \
    X(start_awareness, "A0", "1", 0.1F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "awareness at the start") \
    X(start_role, "R0", "1", 0.25F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "report of the Manila workshop 2023: many mayors at first questioned their relevance", \
      "role at the start") \
    X(start_capacity, "C0", "1", 0.15F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "capacity at the start") \
    X(start_trust, "T0", "1", 0.35F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "trust at the start") \
    X(start_regard, "G0", "1", 0.4F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "national regard at the start") \
    X(start_reliance, "S0", "1", 0.7F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "report of the Manila workshop 2023: risk of over-reliance on provincial security actors", \
      "security reliance at the start") \
    X(role_spread, "d", "1", 0.3F, 0.0F, 0.5F, NLC_ASSUMPTION, \
      "needed for P7 and P10; minister (Belgium 2017): early adopters were mainly places where the problem was already present", \
      "half-width of the spread of start role over places") \
    X(role_ceiling, "R_max", "1", 0.15F, 0.0F, 1.0F, NLC_TUNED, \
      "Flanders stayed at 85-86 % (P10)", \
      "role that the least disposed place can reach") \
    X(mandate_role, "k_R", "1", 0.4F, 0.0F, 1.0F, NLC_TUNED, \
      "P4; Swedish 'municipal responsibility not self-evident'", \
      "share by which a full clear mandate lowers the role needed to engage") \
    X(fade_in_force, "", "1", 0.5F, 0.0F, 1.0F, NLC_TUNED, \
      "P8; Germany -7 % partnerships with -10 % money", \
      "fading of an unfunded plan while the NAP is in force, relative to after it lapsed") \
    X(trust_floor, "t0", "1", 0.4F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "State of Play: lack of trust is the most prevalent barrier", \
      "share of guidance that is taken up at zero trust") \
    X(misfit, "q", "1", 0.25F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "report of the Manila workshop 2023: local knowledge informs the national strategy", \
      "loss of guidance where no report from the place was heard for 12 months") \
    X(awareness_spread, "", "1", 0.3F, 0.0F, 1.0F, NLC_ASSUMPTION, \
      "", \
      "half-width of the spread of the awareness threshold over places") \
    X(facilitation_effect, "", "1", 0.4F, 0.0F, 2.0F, NLC_ASSUMPTION, \
      "Bitterman & Koliba 2020: without administrative capacity at the centre, bottlenecks", \
      "how far a province's capacity changes the slots it can serve (1 at capacity 0.5)") \
    X(role_half_life, "", "months", 24.0F, 2.0F, 240.0F, NLC_ASSUMPTION, \
      "", \
      "half-life of role above its start from the twelfth month without contact") \
    X(role_margin, "", "1", 0.05F, 0.0F, 0.5F, NLC_ASSUMPTION, \
      "", \
      "how far role must fall below the threshold before an engaged place drops back") \
    X(vertical_weight, "", "1", 1.0F, 0.0F, 10.0F, NLC_ASSUMPTION, \
      "", \
      "weight of a parent with a plan in exposure, where a peer counts its channel weight") \
    X(vertical_up, "", "1", 1.0F, 0.0F, 10.0F, NLC_ASSUMPTION, \
      "UK councils: 30 of 114 districts moved before their county", \
      "weight of the share of children with a plan in exposure") \
    X(cost_per_event, "", "coordinator-months/place-event", 0.1F, 0.0F, 10.0F, NLC_ASSUMPTION, \
      "", \
      "cost of serving one place with one event") \
    X(cost_per_support, "", "coordinator-months/month", 0.5F, 0.0F, 10.0F, NLC_ASSUMPTION, \
      "", \
      "cost of carrying a whole month of drafting work for one place")
/* clang-format on */
