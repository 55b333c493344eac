/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_RECORDING_WORDS_H
#define APP_RECORDING_WORDS_H

/* Why a recording cannot be written or read, in a sentence each; errors are those of record/. */

struct text;

void recording_words_append_write_error(struct text *text, const char *path, int error);

/* The same of one that had begun: what was recorded before is in the file. */
void recording_words_append_stopped(struct text *text, const char *path, int error);

void recording_words_append_read_error(struct text *text, const char *path, int error);

/* The same of a snapshot in JSON; errors are those of record/snapshot_json.h. */
void recording_words_append_snapshot_error(struct text *text, const char *path, int error);

#endif
