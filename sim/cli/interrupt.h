/* Ctrl-C, or a polite kill: the command stops at the next batch. A second one ends it at once. */
#ifndef NLC_CLI_INTERRUPT_H
#define NLC_CLI_INTERRUPT_H

/* From here on SIGINT and SIGTERM are noted, and a closed pipe is an error of the write. */
void cli_interrupt_watch(void);

/* The signal that came, or 0. */
int cli_interrupt_signal(void);

#endif
