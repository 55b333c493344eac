/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SANDBOX_H
#define APP_SANDBOX_H

/*
 * Least privilege: what vastop takes from itself before it looks at anything that may be hostile,
 * so that an attacker who finds a fault in it gains little. It keeps only the capabilities that
 * looking at processes takes, can gain no privilege by a program that it executes (no_new_privs),
 * and the kernel refuses with EPERM what it never does (seccomp, app/sandbox_calls.h): executing
 * programs, connecting to anything, tracing, typing into the terminal; and, where a run writes no
 * file, making or writing one. What reads a recording or a core file cannot write files by
 * Landlock's rules, too (kernel/landlock.h); for a core file, which is open by then, no capability
 * is kept.
 *
 * Threads and helpers are made later and have the same. A command that was started before has none
 * of it. What the kernel or the build lacks is left out, and said by sandbox_append_words().
 */

struct options;
struct text;

/* To be called while there is one thread; for good. With options->no_sandbox it does nothing. */
void sandbox_enter(const struct options *options);

/* Appends what of it is there, as in "capabilities, no_new_privs, seccomp, Landlock 7". */
void sandbox_append_words(struct text *to);

#endif
