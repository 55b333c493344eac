/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_WANTS_H
#define UI_INSIDE_INSIDE_WANTS_H

/*
 * What the pane of what is inside a mapping (ui/inside/inside_pane.h) wants of the process: what
 * the mapping's file says of its sections and symbols, the chunks of its heap and the first bytes
 * of one, and the state of the pages that are on the screen. Workers find that out; the loop asks
 * them, and gives what they found to the pane.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inside_found;
struct page_pieces;
struct ui;

/*
 * The index of the mapping whose object has to be found, in the snapshot that is shown; false when
 * none has to. Names of generated code have to be found for each snapshot.
 */
bool inside_wants_object(const struct ui *ui, size_t *ret_vma);

/*
 * Takes over what was found of the mapping that contains the address, with the reference, if it
 * still is the one that is shown.
 */
void inside_wants_take_object(struct ui *ui, uint64_t address, const struct inside_found *found);

/* Whether the heap is to be walked: the pane is seen, and shows what may be its chunks. */
bool inside_wants_heap(const struct ui *ui);

/* Whether the pane shows chunks, even while another one lies over it. */
bool inside_wants_has_heap(const struct ui *ui);

/* Takes over that the heap of ui->shown is another one, or none. */
void inside_wants_take_heap(struct ui *ui);

/* The first bytes of what a program keeps in the chunk under the cursor; false: of none. */
bool inside_wants_bytes(const struct ui *ui, uint64_t *ret_address, size_t *ret_size);

/*
 * Takes over bytes, and the map of absent pages (inside/memory_reader.h), where they are these;
 * others are ignored.
 */
void inside_wants_take_bytes(struct ui *ui, uint64_t address, const uint8_t *bytes, size_t size,
			     const uint8_t *absent, uint64_t page_size);

/* Pages of one mapping. */
struct inside_range {
	uint64_t start, end, page_size;
	bool anonymous; /* private memory without a file */
};

/* The pages whose state is shown, in the newest snapshot; false: of none. */
bool inside_wants_pages(const struct ui *ui, struct inside_range *ret_range);

/* Takes over what was found of them (a copy); error: why nothing was, -errno. */
void inside_wants_take_pages(struct ui *ui, const struct page_pieces *pieces, int error);

#endif
