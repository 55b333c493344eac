/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/query_term.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/pattern.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/kind.h"
#include "model/vma.h"

#define SHOWN_LENGTH 40 /* bytes of what was typed that a message repeats */

/* The value of a term: length bytes at text, which begin at offset of the query. */
struct value {
	const char *text;
	size_t length, offset;
	struct query_mistake *mistake;
};

__attribute__((format(printf, 4, 5))) static int
refuse(struct query_mistake *mistake, size_t offset, size_t length, const char *format, ...)
{
	va_list arguments;

	mistake->offset = offset;
	mistake->length = length;
	mistake->names = QUERY_NAMES_NONE;
	va_start(arguments, format);
	vsnprintf(mistake->message, sizeof(mistake->message), format, arguments);
	va_end(arguments);
	return -EINVAL;
}

/* What was typed, as a message may repeat it: short and safe to show. */
static void append_typed(struct text *text, const char *typed, size_t length)
{
	size_t shown = length < SHOWN_LENGTH ? length : SHOWN_LENGTH;

	/* A character that is cut would be shown as bytes. */
	if (shown < length)
		shown = utf8_start(typed, shown);
	utf8_append_escaped(text, typed, shown);
	if (shown < length)
		text_append(text, "...");
}

static int refuse_name(struct query_mistake *mistake, size_t offset, const char *typed,
		       size_t length, const char *what, enum query_names names)
{
	struct text text = {0};
	int error;

	append_typed(&text, typed, length);
	error = refuse(mistake, offset, length, "there is no %s %s", what, text_string(&text));
	mistake->names = names;
	text_finish(&text);
	return error;
}

static int read_pattern(const struct value *value, struct query_term *term)
{
	struct pattern_mistake wrong;
	struct text text = {0};
	int error;

	text_append_bytes(&text, value->text, value->length);
	error = pattern_create(text_string(&text), &term->pattern, &wrong);
	text_finish(&text);
	return error ? refuse(value->mistake, value->offset + wrong.offset, 0, "%s", wrong.message)
		     : 0;
}

static bool is_value(const struct value *value, const char *name)
{
	return strlen(name) == value->length && !memcmp(name, value->text, value->length);
}

static int read_kind(const struct value *value, struct query_term *term)
{
	for (unsigned kind = 0; kind < KIND_GAP; kind++)
		if (is_value(value, kind_name((enum kind)kind))) {
			term->choice = kind;
			return 0;
		}
	return refuse_name(value->mistake, value->offset, value->text, value->length, "kind",
			   QUERY_NAMES_KINDS);
}

static int read_owner(const struct value *value, struct query_term *term)
{
	for (unsigned owner = 0; owner < OWNER_COUNT; owner++)
		if (is_value(value, owner_name((enum owner)owner))) {
			term->choice = owner;
			return 0;
		}
	return refuse_name(value->mistake, value->offset, value->text, value->length, "owner",
			   QUERY_NAMES_OWNERS);
}

static const char perm_letters[] = "rwxsp";
static const uint8_t perm_bits[] = {PERM_READ, PERM_WRITE, PERM_EXEC, PERM_SHARED, 0};

static void take_perm(struct query_term *term, size_t letter, bool wanted)
{
	uint8_t bit = perm_bits[letter];

	/* Private is not shared. */
	if (!bit) {
		bit = PERM_SHARED;
		wanted = !wanted;
	}
	/* What is not known is no match, whatever is wanted. */
	if (wanted)
		term->required |= bit;
	else
		term->forbidden |=
			bit | (bit == PERM_SHARED ? PERM_SHARING_UNKNOWN : PERM_ACCESS_UNKNOWN);
}

/* As in maps: four places. */
static bool is_exact(const struct value *value)
{
	if (value->length != 4 || !strchr("sp", value->text[3]))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (value->text[i] != perm_letters[i] && value->text[i] != '-')
			return false;
	return true;
}

static int read_perm(const struct value *value, struct query_term *term)
{
	bool wanted = true;

	if (is_exact(value)) {
		for (size_t i = 0; i < 3; i++)
			take_perm(term, i, value->text[i] != '-');
		take_perm(term, 3, value->text[3] == 's');
		return 0;
	}
	if (is_value(value, "shared") || is_value(value, "private")) {
		take_perm(term, 3, value->text[0] == 's');
		return 0;
	}
	for (size_t i = 0; i < value->length; i++) {
		const char *letter = memchr(perm_letters, value->text[i], 5);

		if (letter)
			take_perm(term, (size_t)(letter - perm_letters), wanted);
		else if (value->text[i] == '+' || value->text[i] == '-')
			wanted = value->text[i] == '+';
		else
			return refuse(value->mistake, value->offset + i, 1,
				      "permissions are r, w, x, s and p, as in perm:w+x");
	}
	if (!term->required && !term->forbidden)
		return refuse(value->mistake, value->offset, value->length,
			      "a permission is missing, as in perm:w+x");
	return 0;
}

static enum query_comparison scan_comparison(const char **at, const char *end)
{
	bool less = *at < end && **at == '<', greater = *at < end && **at == '>';
	bool equal;

	*at += less || greater;
	equal = *at < end && **at == '=';
	*at += equal;
	if (less)
		return equal ? QUERY_LESS_EQUAL : QUERY_LESS;
	if (greater)
		return equal ? QUERY_GREATER_EQUAL : QUERY_GREATER;
	return QUERY_EQUAL;
}

static int read_amount(const struct value *value, struct query_term *term)
{
	const char *at = value->text, *end = at + value->length;
	const char *example = term->field == QUERY_SIZE ? "size:>1M" : "rss:>1M or rss:>50%";
	int error;

	term->comparison = scan_comparison(&at, end);
	error = number_scan_size(&at, end, &term->value);
	if (error == -ERANGE)
		return refuse(value->mistake, value->offset, value->length,
			      "this is more than any mapping has");
	if (!error && at < end && *at == '%' && term->field != QUERY_SIZE) {
		term->percent = true;
		at++;
	} else if (!error && at < end && *at == 'B') {
		at++;
	}
	if (error || at != end)
		return refuse(value->mistake, value->offset + (size_t)(at - value->text),
			      (size_t)(end - at), "a size is missing, as in %s", example);
	return 0;
}

static int read_tid(const struct value *value, struct query_term *term)
{
	if (number_parse(value->text, value->length, INT32_MAX, &term->value) || !term->value)
		return refuse(value->mistake, value->offset, value->length,
			      "the number of a thread is missing, as in tid:4711");
	return 0;
}

static const struct {
	const char *name;
	int (*read)(const struct value *value, struct query_term *term);
} fields[QUERY_FIELD_COUNT] = {
	[QUERY_ANY] = {"", read_pattern},     [QUERY_NAME] = {"name", read_pattern},
	[QUERY_KIND] = {"kind", read_kind},   [QUERY_OWNER] = {"owner", read_owner},
	[QUERY_PERM] = {"perm", read_perm},   [QUERY_SIZE] = {"size", read_amount},
	[QUERY_RSS] = {"rss", read_amount},   [QUERY_PSS] = {"pss", read_amount},
	[QUERY_SWAP] = {"swap", read_amount}, [QUERY_TID] = {"tid", read_tid},
};

const char *query_name(enum query_names names, size_t i)
{
	switch (names) {
	case QUERY_NAMES_TERMS: return i + 1 < QUERY_FIELD_COUNT ? fields[i + 1].name : NULL;
	case QUERY_NAMES_KINDS: return i < KIND_GAP ? kind_name((enum kind)i) : NULL;
	case QUERY_NAMES_OWNERS: return i < OWNER_COUNT ? owner_name((enum owner)i) : NULL;
	default: return NULL;
	}
}

static bool is_end(char c)
{
	return c == '\0' || c == ' ' || c == '\t';
}

/* The field that the word begins with; QUERY_ANY without "letters:", QUERY_FIELD_COUNT unknown. */
static enum query_field find_field(const char *word, size_t *ret_length)
{
	size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz");
	unsigned field = QUERY_ANY + 1;

	*ret_length = 0;
	if (length == 0 || word[length] != ':')
		return QUERY_ANY;
	while (field < QUERY_FIELD_COUNT && (strlen(fields[field].name) != length ||
					     memcmp(fields[field].name, word, length) != 0))
		field++;
	*ret_length = length + 1;
	return (enum query_field)field;
}

/* Finds the value that begins at *at, in quotes or up to a blank; *at moves behind it. */
static int cut_value(const char *query, size_t *at, struct value *value)
{
	size_t start = *at, end = start;

	if (query[start] != '"') {
		while (!is_end(query[end]))
			end++;
		value->offset = start;
		*at = end;
	} else {
		for (end++; query[end] && query[end] != '"'; end++)
			end += query[end] == '\\' && query[end + 1];
		if (!query[end])
			return refuse(value->mistake, start, 1, "the quote is not closed");
		if (!is_end(query[end + 1]))
			return refuse(value->mistake, end + 1, 0,
				      "a space is missing after the quote");
		value->offset = start + 1;
		*at = end + 1;
	}
	value->text = query + value->offset;
	value->length = end - value->offset;
	return 0;
}

static int refuse_field(struct query_mistake *mistake, size_t offset, const char *word,
			size_t length)
{
	struct text text = {0};
	int error;

	append_typed(&text, word, length);
	error = refuse(mistake, offset, length,
		       "there is no term %s (quote the word to look for it)", text_string(&text));
	mistake->names = QUERY_NAMES_TERMS;
	/* What it is compared with has no colon. */
	mistake->length = length - 1;
	text_finish(&text);
	return error;
}

int query_term_read(const char *query, size_t *offset, struct query_term *ret_term,
		    struct query_mistake *ret_mistake)
{
	struct query_term term = {.negated = query[*offset] == '!'};
	size_t at = *offset + term.negated, length;
	struct value value = {.mistake = ret_mistake};
	int error;

	if (is_end(query[at]))
		return refuse(ret_mistake, at, 0, "a word is missing after the !");
	term.field = find_field(query + at, &length);
	if (term.field == QUERY_FIELD_COUNT)
		return refuse_field(ret_mistake, at, query + at, length);
	at += length;
	error = cut_value(query, &at, &value);
	if (!error && value.length == 0)
		error = refuse(ret_mistake, value.offset, 0, "the text to search for is missing");
	if (!error)
		error = fields[term.field].read(&value, &term);
	if (error)
		return error;
	*ret_term = term;
	*offset = at;
	return 0;
}

void query_term_finish(struct query_term *term)
{
	pattern_destroy(term->pattern);
	*term = (struct query_term){0};
}
