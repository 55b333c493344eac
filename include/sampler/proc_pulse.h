/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PROC_PULSE_H
#define SAMPLER_PROC_PULSE_H

/*
 * Takes the pulse of a process below a procfs root: one pread(2) of statm and, on a kernel that
 * can, two queries, of the mapping where the brk heap ended the last time and of what follows it.
 * Both files stay open, so that a pulse opens, closes and allocates nothing. All but a first pulse
 * and one after execve(2) take about 1 us.
 *
 * An open statm follows the process through execve(2), an open maps does not: it answers -ESRCH,
 * or, where the old memory lives on in another process (vfork(2)), for the wrong one. The former
 * is seen at once; against the latter proc_pulse_set_image() gets what full samples find.
 */

#include <stdbool.h>
#include <stdint.h>

#include "kernel/clock_course.h"

struct pulse;

struct proc_pulse {
	uint64_t images;            /* grows whenever a pulse finds that there is another image */
	struct clock_course course; /* the time of pulses, and of samples */
	/* Private: */
	int directory; /* /proc/PID, the caller's */
	int memory;    /* the same, or task/TID of a thread when the main thread has ended */
	int32_t pid;
	bool live;    /* below the running kernel's procfs */
	bool queries; /* the kernel has the query, as far as is known */
	int statm;    /* -1 closed */
	int maps;     /* -1 closed */
	uint64_t page_size, start_brk, start_stack;
	uint64_t heap_end; /* as last found; 0 not looked for yet */
	bool image_known;  /* start_brk is of what runs now */
};

/*
 * Nothing is opened yet. directory is a descriptor of /proc/PID that stays the caller's; avoid is
 * as in kernel/avoid.h.
 */
void proc_pulse_init(struct proc_pulse *pulse, int directory, int32_t pid, bool live,
		     unsigned avoid);

/* Returns as source_pulse(). */
int proc_pulse_take(struct proc_pulse *pulse, struct pulse *ret_pulse);

/* What a full sample found: where this image's heap and stack begin, and its page size, bytes. */
void proc_pulse_set_image(struct proc_pulse *pulse, uint64_t start_brk, uint64_t start_stack,
			  uint64_t page_size);

void proc_pulse_finish(struct proc_pulse *pulse);

#endif
