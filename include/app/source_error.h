/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SOURCE_ERROR_H
#define APP_SOURCE_ERROR_H

/* Why a process cannot be sampled, in a sentence, and the exit status (app/message.h) for it. */

#include <stdint.h>

struct options;
struct source;
struct text;

/*
 * Appends a sentence: why process pid cannot be sampled (-errno); returns the exit status that
 * goes with it.
 */
int source_error_append(struct text *text, const struct options *options, int32_t pid, int error);

/* The same of the options' process, said. */
int source_error_say(const struct options *options, int error);

/*
 * Appends a sentence: what is incomplete about the last sample of process pid, which is shown
 * nevertheless (source_damage()); nothing when it is whole. And the same of the options' process,
 * said.
 */
void source_error_append_damage(struct text *text, const struct options *options, int32_t pid,
				const struct source *source);
void source_error_say_damage(const struct options *options, const struct source *source);

#endif
