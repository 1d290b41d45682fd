#include "interrupt.h"

#include <signal.h>
#include <string.h>

/* A signal handler has no argument to carry state, hence the one variable of the program. */
static volatile sig_atomic_t signal_came;

static void note_signal(int number)
{
    signal_came = number;
}

void cli_interrupt_watch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    action.sa_flags = (int)(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    action.sa_flags = 0;
    sigaction(SIGPIPE, &action, NULL);
}

int cli_interrupt_signal(void)
{
    return signal_came;
}
