/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_SETTING_H
#define SCREEN_SETTING_H

/*
 * The line syntax that all of a user's files have: themes, options, keys.
 *
 *     # a comment
 *     name = word word    # another one
 *
 * Blanks separate words and "=" is a word by itself; a "#" with blanks around it, or one that
 * starts a line, starts a comment. A reader goes through the lines and collects mistakes: a line
 * with one is left out, the rest applies. Bytes may be any; what a message repeats of them is
 * shortened and escaped.
 *
 * The file may be another one than the user meant, and none that others may know of (/etc/shadow as
 * a theme): where no line is right, the mistakes after the first one have no message, and that one
 * repeats no more than one word, which looks like a name.
 */

#include <stdbool.h>
#include <stddef.h>

struct setting_mistake {
	size_t line;       /* from 1 */
	char message[200]; /* what is wrong and what to write instead; printable, no full stop */
};

/* A piece of the text, not terminated. */
struct setting_word {
	const char *bytes;
	size_t length; /* 0 at the end of the line */
};

/* What a file's lines are about, for messages. */
struct setting_syntax {
	const char *name;    /* what stands before "=": "role" */
	const char *example; /* a line: "muted = #808080" */
};

struct setting_reader {
	const struct setting_syntax *syntax;
	size_t line;                      /* of the current line, from 1 */
	size_t lines;                     /* so many were not empty */
	const char *cursor, *line_end;    /* what is left of it */
	const char *next, *end;           /* what is left of the text */
	struct setting_mistake *mistakes; /* the first ones */
	size_t capacity, count;           /* count continues past capacity */
};

/* A word as a message shows it: escaped (at most \xNN for a byte), shortened, in quotes. */
struct setting_quote {
	char text[24 * 4 + sizeof("'...'")];
};

/* Starts reading length bytes, of which the first capacity mistakes are kept. */
void setting_reader_init(struct setting_reader *reader, const struct setting_syntax *syntax,
			 const char *bytes, size_t length, struct setting_mistake *mistakes,
			 size_t capacity);

/* Goes to the next line that is not empty and gives its name, which may be "=". False: the end. */
bool setting_next(struct setting_reader *reader, struct setting_word *ret_name);

/* Takes the "=" after the name. Returns 0, or -1 after noting that there is none. */
int setting_take_sign(struct setting_reader *reader, struct setting_word name);

/* The next word of the line. */
struct setting_word setting_next_word(struct setting_reader *reader);

/* Notes a mistake in the current line. Returns -1. */
__attribute__((format(printf, 2, 3))) int setting_mistake(struct setting_reader *reader,
							  const char *format, ...);

/* Notes that the name was set on that line already. Returns -1. */
int setting_mistake_twice(struct setting_reader *reader, struct setting_word name, size_t line);

struct setting_quote setting_quote(struct setting_word word);

/* The index of the word among count names; count when it is none of them. */
size_t setting_find(struct setting_word word, const char *const *names, size_t count);

#endif
