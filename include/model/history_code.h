/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_CODE_H
#define MODEL_HISTORY_CODE_H

/*
 * Numbers in few bytes, as the history stores them: seven bits a byte, the lowest first, the top
 * bit set in all but the last. Any 64-bit number takes at most HISTORY_NUMBER_LENGTH bytes; what
 * differs little, or by whole pages, takes one to three.
 */

#include <stddef.h>
#include <stdint.h>

struct text;

#define HISTORY_NUMBER_LENGTH 10

/* Reads what was written; at the end every number is 0, nothing after it is read. */
struct history_cursor {
	const char *at, *end;
};

/* Writes the number to out; returns how many bytes it took. */
unsigned history_number_encode(uint64_t number, char out[static HISTORY_NUMBER_LENGTH]);

void history_number_put(struct text *out, uint64_t number);
uint64_t history_number_take(struct history_cursor *reader);

/* A number as its distance from another one, modulo 2^64. Both sides must name the same other. */
void history_delta_put(struct text *out, uint64_t from, uint64_t number);
uint64_t history_delta_take(struct history_cursor *reader, uint64_t from);

/*
 * A block is what is written between open and close, with its length in front; blocks may nest.
 * Pass close what open returned. take returns a reader of the block's content and moves its
 * argument past the block.
 */
size_t history_block_open(struct text *out);
void history_block_close(struct text *out, size_t start);
struct history_cursor history_block_take(struct history_cursor *reader);

#endif
