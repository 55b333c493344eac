/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/bytes_draw.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/glyphs.h"
#include "ui/pane/bytes_held.h"
#include "ui/text/address_words.h"
#include "ui/text/sentence.h"

#define WORD_LINES       1 /* below the bytes: what the word under the cursor is */
#define ADDRESS_COLUMNS  12
#define GROUP            8 /* bytes after which there is a wider gap */
#define NAME_COLUMNS_MIN 16

/* The columns of a line: address, blank, bytes with blanks between them, blank, text. */
static int line_columns(int address, int bytes)
{
	int gaps = (bytes - 1) / GROUP;

	return address + 1 + (3 * bytes - 1) + gaps + 1 + bytes;
}

static int address_columns(uint64_t address)
{
	char digits[24];
	int columns = snprintf(digits, sizeof(digits), "%" PRIx64, address);

	return columns > ADDRESS_COLUMNS ? columns : ADDRESS_COLUMNS;
}

unsigned bytes_draw_per_line(int columns, uint64_t address)
{
	const int address_width = address_columns(address);

	return line_columns(address_width, 16) <= columns  ? 16
	       : line_columns(address_width, 8) <= columns ? 8
							   : 4;
}

int bytes_draw_lines(const struct frame *frame, struct rect rect)
{
	int lines = frame_inside(frame, rect).lines - WORD_LINES;

	return lines > 0 ? lines : 1;
}

/* A line at a time; what is far away has its line on top. */
static uint64_t scroll(uint64_t top, uint64_t line, uint64_t bytes, uint64_t room)
{
	if (line < top)
		return line;
	if (line - top < room)
		return top;
	return line - top < 2 * room ? line - room + bytes : line;
}

uint64_t bytes_draw_scroll(const struct frame *frame, struct rect rect, const struct vma *vma,
			   uint64_t top, uint64_t cursor)
{
	const uint64_t bytes = bytes_draw_per_line(frame_inside(frame, rect).columns, cursor);
	const uint64_t room = bytes * (uint64_t)bytes_draw_lines(frame, rect);

	top = scroll(top - top % bytes, cursor - cursor % bytes, bytes, room);
	if (!vma)
		return top;
	if (vma->end - vma->start < room || top < vma->start)
		return vma->start;
	return vma->end - top < room ? vma->end - room : top;
}

/* Where the byte of that index on a line stands, from the first one on. */
static int column_of(unsigned index)
{
	return (int)(3 * index + index / GROUP);
}

bool bytes_draw_at(const struct frame *frame, struct rect rect, const struct bytes_draw *pane,
		   int column, int line, uint64_t *ret_address)
{
	const struct rect inside = frame_inside(frame, rect);
	const unsigned bytes = bytes_draw_per_line(inside.columns, pane->top);
	const int first = inside.column + address_columns(pane->top) + 1;
	const int text = first + column_of(bytes - 1) + 3;
	unsigned index = 0;

	if (line < inside.line || line >= inside.line + bytes_draw_lines(frame, rect))
		return false;
	if (column >= text)
		index = (unsigned)(column - text);
	else
		while (index + 1 < bytes && column >= first + column_of(index + 1))
			index++;
	if (index >= bytes)
		return false;
	*ret_address = pane->top + (uint64_t)(line - inside.line) * bytes + index;
	return true;
}

/* The mapping that a word of the process points into; NULL: it is no address of it. */
static const struct vma *pointed_at(const struct bytes_draw *pane, uint64_t address)
{
	uint64_t word;

	if (!bytes_held_word(pane->held, address - address % pane->word, pane->word, &word))
		return NULL;
	return address_space_at(pane->space, word);
}

static enum role role_of(const struct bytes_draw *pane, uint64_t address, enum byte_state state,
			 uint8_t byte)
{
	const struct vma *into;

	if (state == BYTE_ABSENT)
		return ROLE_ABSENT;
	if (state == BYTE_CHANGED)
		return ROLE_APPEARED;
	into = pointed_at(pane, address);
	if (into)
		return (enum role)(ROLE_KIND_TEXT + into->kind);
	return byte ? ROLE_DEFAULT : ROLE_MUTED;
}

static void draw_byte(struct canvas *canvas, const struct bytes_draw *pane, uint64_t address,
		      int line, int column, int text)
{
	uint8_t byte = 0;
	enum byte_state state = bytes_held_get(pane->held, address, &byte);
	enum role role = role_of(pane, address, state, byte);
	bool printable = byte >= ' ' && byte <= '~';
	char digits[4];

	if (state == BYTE_UNKNOWN)
		return;
	snprintf(digits, sizeof(digits), "%02x", byte);
	canvas_write(canvas, column, line, 2, state == BYTE_ABSENT ? "??" : digits, role);
	canvas_put(canvas, text, line,
		   state == BYTE_ABSENT ? '?'
		   : printable          ? byte
					: '.',
		   printable || state != BYTE_SAME ? role : ROLE_MUTED);
}

/* Where there is room, behind the text: what the words of the line point into. */
static void draw_names(struct canvas *canvas, const struct bytes_draw *pane, struct rect inside,
		       int line, uint64_t start)
{
	const unsigned bytes = bytes_draw_per_line(inside.columns, pane->top);
	int column = inside.column + line_columns(address_columns(pane->top), (int)bytes) + 2;
	const int end = inside.column + inside.columns;
	uint64_t word;

	for (unsigned i = 0; i < bytes && end - column >= NAME_COLUMNS_MIN; i += pane->word) {
		struct text text = {0};
		const struct vma *into = pointed_at(pane, start + i);

		if (!into || !bytes_held_word(pane->held, start + i, pane->word, &word))
			continue;
		address_words_append(&text, pane->space, word);
		column += canvas_write(canvas, column, line, end - column, text_string(&text),
				       (enum role)(ROLE_KIND_TEXT + into->kind)) +
			  2;
		text_finish(&text);
	}
}

static void draw_line(struct canvas *canvas, const struct bytes_draw *pane, struct rect inside,
		      int line, uint64_t start)
{
	const unsigned bytes = bytes_draw_per_line(inside.columns, pane->top);
	const int first = inside.column + address_columns(pane->top) + 1;
	const int text = first + column_of(bytes - 1) + 3;
	char address[24];

	snprintf(address, sizeof(address), "%*" PRIx64, address_columns(pane->top), start);
	canvas_write(canvas, inside.column, line, first - 1 - inside.column, address, ROLE_ADDRESS);
	for (unsigned i = 0; i < bytes; i++) {
		uint64_t at = start + i;

		if (at < pane->vma->start || at >= pane->vma->end)
			continue;
		draw_byte(canvas, pane, at, line, first + column_of(i), text + (int)i);
		if (!pane->selecting || at - pane->cursor >= pane->word)
			continue;
		canvas_set_ground(canvas, first + column_of(i), line, 2, 1, ROLE_CURSOR);
		canvas_set_ground(canvas, text + (int)i, line, 1, 1, ROLE_CURSOR);
	}
	draw_names(canvas, pane, inside, line, start);
}

/* What the word under the cursor is: "7f83aa53e010 = libc.so.6+0x10". */
static void append_word(struct text *text, const struct bytes_draw *pane)
{
	const char *unknown = pane->glyphs->unknown;
	uint64_t word;
	uint8_t byte;

	if (!(pane->vma->perms & PERM_READ)) {
		text_append(text, "the permissions forbid reading");
	} else if (bytes_held_get(pane->held, pane->cursor, &byte) == BYTE_ABSENT) {
		sentence_append(
			text, pane->keymap,
			pane->space->target.is_core
				? "not in the core file"
				: "not in memory; " SENTENCE_KEY("read-anyway") " reads it anyway");
	} else if (!bytes_held_word(pane->held, pane->cursor, pane->word, &word)) {
		text_append(text, unknown);
	} else {
		text_append_format(text, "%0*" PRIx64, (int)pane->word * 2, word);
		if (address_space_at(pane->space, word)) {
			text_append(text, " = ");
			address_words_append(text, pane->space, word);
			if (pane->pointed == word && *pane->symbol)
				text_append_format(text, ", %s", pane->symbol);
		} else {
			text_append_format(text, ", decimal %" PRIu64, word);
		}
	}
}

static void draw_word(struct canvas *canvas, const struct bytes_draw *pane, struct rect inside)
{
	const int line = inside.line + inside.lines - 1;
	const int indent = address_columns(pane->top) + 1;
	struct text text = {0};
	char address[24];

	snprintf(address, sizeof(address), "%*" PRIx64, indent - 1, pane->cursor);
	canvas_write(canvas, inside.column, line, indent - 1, address, ROLE_LABEL);
	append_word(&text, pane);
	canvas_write(canvas, inside.column + indent, line, inside.columns - indent,
		     text_string(&text), ROLE_VALUE);
	text_finish(&text);
}

void bytes_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct bytes_draw *pane)
{
	const struct rect inside = frame_inside(frame, rect);
	const unsigned bytes = bytes_draw_per_line(inside.columns, pane->top);
	const int lines = bytes_draw_lines(frame, rect);
	const char *why = pane->vma ? pane->why_not : "Nothing is mapped here.";
	struct text title = {0};

	text_append(&title, "bytes");
	if (pane->vma) {
		text_append(&title, pane->glyphs->inside);
		address_words_append(&title, pane->space, pane->cursor);
	}
	box_draw(canvas, frame, rect, &(struct box){.title = text_string(&title)});
	text_finish(&title);
	if (why) {
		box_write_wrapped(canvas, inside.column + frame->bordered, inside.line,
				  inside.columns - 2 * frame->bordered, inside.lines, why,
				  ROLE_MUTED);
		return;
	}
	for (int i = 0; i < lines; i++) {
		uint64_t start = pane->top + (uint64_t)i * bytes;

		if (start >= pane->top && start < pane->vma->end)
			draw_line(canvas, pane, inside, inside.line + i, start);
	}
	if (inside.lines > 1)
		draw_word(canvas, pane, inside);
}
