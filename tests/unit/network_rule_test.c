/* Peer rules as text. */
#include "network_fixture.h"

#include <check.h>

typedef struct {
    const char *text;
    nlc_peer_rule rule;
    bool is_random;
} good_rule;

START_TEST(good_rules_are_read)
{
    static const good_rule good[] = {
        {"none", {.kind = NLC_PEERS_NONE}, false},
        {"parent", {.kind = NLC_PEERS_PARENT}, false},
        {"file", {.kind = NLC_PEERS_FILE}, false},
        {"nearest:5", {.kind = NLC_PEERS_NEAREST, .neighbours = 5}, false},
        {"nearest:1", {.kind = NLC_PEERS_NEAREST, .neighbours = 1}, false},
        {"nearest:1000", {.kind = NLC_PEERS_NEAREST, .neighbours = 1000}, false},
        {"smallworld:6:0.1", {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 6, .rewiring = 0.1}, true},
        {"smallworld:6:0,237", {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 6, .rewiring = 0.237}, true},
        {"smallworld:2:.5", {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 2, .rewiring = 0.5}, true},
        {"smallworld:10:1", {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 10, .rewiring = 1}, true},
        {"smallworld:10:0", {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 10, .rewiring = 0}, false},
        {"random:5", {.kind = NLC_PEERS_RANDOM, .degree = 5}, true},
        {"random:0.237", {.kind = NLC_PEERS_RANDOM, .degree = 0.237}, true},
        {"random:1000", {.kind = NLC_PEERS_RANDOM, .degree = 1000}, true},
    };
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
        nlc_peer_rule rule;
        const char *problem = nlc_peer_rule_read(good[k].text, &rule);
        ck_assert_msg(problem == NULL, "%s: %s", good[k].text, problem);
        ck_assert_msg(rule.kind == good[k].rule.kind && rule.neighbours == good[k].rule.neighbours &&
                          rule.rewiring == good[k].rule.rewiring && rule.degree == good[k].rule.degree,
                      "%s is read wrongly", good[k].text);
        ck_assert_msg(nlc_peer_rule_is_random(&rule) == good[k].is_random, "%s", good[k].text);
    }
}
END_TEST

/* Each bad rule is answered with what its kind expects. */
START_TEST(bad_rules_say_what_was_expected)
{
    static const char *const bad[][2] = {
        {"", "expected none, "},
        {"None", "expected none, "},
        {"nearest5", "expected none, "},
        {"near:5", "expected none, "},
        {"none:5", "expected none, "},
        {"file ", "expected none, "},
        {"nearest", "expected nearest:K "},
        {"nearest:", "expected nearest:K "},
        {"nearest:0", "expected nearest:K "},
        {"nearest:1001", "expected nearest:K "},
        {"nearest:2.5", "expected nearest:K "},
        {"nearest:-3", "expected nearest:K "},
        {"nearest: 3", "expected nearest:K "},
        {"nearest:5x", "expected nearest:K "},
        {"nearest:5:1", "expected nearest:K "},
        {"nearest:0x5", "expected nearest:K "},
        {"nearest:99999999999999999999", "expected nearest:K "},
        {"smallworld", "expected smallworld:K:P "},
        {"smallworld:6", "expected smallworld:K:P "},
        {"smallworld:6:", "expected smallworld:K:P "},
        {"smallworld:5:0.1", "expected smallworld:K:P "},
        {"smallworld:0:0.1", "expected smallworld:K:P "},
        {"smallworld:1002:0.1", "expected smallworld:K:P "},
        {"smallworld:6:1.01", "expected smallworld:K:P "},
        {"smallworld:6:-0.1", "expected smallworld:K:P "},
        {"smallworld:6:0.1.1", "expected smallworld:K:P "},
        {"smallworld:6:0.1:2", "expected smallworld:K:P "},
        {"smallworld:6:.", "expected smallworld:K:P "},
        {"random", "expected random:DEGREE "},
        {"random:0", "expected random:DEGREE "},
        {"random:-1", "expected random:DEGREE "},
        {"random:inf", "expected random:DEGREE "},
        {"random:nan", "expected random:DEGREE "},
        {"random:1e3", "expected random:DEGREE "},
        {"random:1000.5", "expected random:DEGREE "},
        {"random:5.000000000000000", "expected random:DEGREE "},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        nlc_peer_rule rule;
        const char *problem = nlc_peer_rule_read(bad[k][0], &rule);
        ck_assert_msg(problem != NULL, "'%s' was accepted", bad[k][0]);
        ck_assert_msg(strncmp(problem, bad[k][1], strlen(bad[k][1])) == 0, "'%s': %s", bad[k][0], problem);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network rule");
    TCase *tests = tcase_create("rule");
    tcase_add_test(tests, good_rules_are_read);
    tcase_add_test(tests, bad_rules_say_what_was_expected);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
