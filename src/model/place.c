/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/place.h"

#include <errno.h>
#include <string.h>

#include "base/number.h"
#include "model/address_space.h"
#include "model/place_name.h"
#include "model/place_symbol.h"

/* The expression while it is read. */
struct reading {
	const struct address_space *space;
	const struct place_symbols *symbols; /* NULL: none is known */
	const char *bytes, *at, *end;
	struct place_mistake *mistake;
};

static int fail(const struct reading *reading, enum place_fault fault, const char *from,
		size_t length)
{
	reading->mistake->fault = fault;
	reading->mistake->offset = (size_t)(from - reading->bytes);
	reading->mistake->length = length;
	return -EINVAL;
}

static void skip_blanks(struct reading *reading)
{
	while (reading->at < reading->end && *reading->at == ' ')
		reading->at++;
}

/* What stands up to the next sign or blank: all of a number, of a name perhaps only a part. */
static size_t word_length(const struct reading *reading)
{
	const char *at = reading->at;

	while (at < reading->end && !place_name_ends_at(at, reading->end))
		at++;
	return (size_t)(at - reading->at);
}

static bool is_hex(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!bytes[i] || !strchr("0123456789abcdefABCDEF", bytes[i]))
			return false;
	return length > 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Returns 0, -EINVAL when the word is no number, or -ERANGE. */
static int read_number(const char *word, size_t length, bool first, uint64_t *ret_number)
{
	const char *digits = word;
	uint64_t number;
	int error;

	if (length > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
		digits += 2;
		if (!is_hex(digits, length - 2))
			return -EINVAL;
		return number_scan(&digits, word + length, 16, ret_number);
	}
	if (first && is_hex(word, length))
		return number_scan(&digits, word + length, 16, ret_number);
	error = number_scan_size(&digits, word + length, &number);
	if (error)
		return error;
	if (digits != word + length)
		return -EINVAL;
	*ret_number = number;
	return 0;
}

/* What is neither a number nor a name. */
static int fail_word(const struct reading *reading, size_t length)
{
	const char *word = reading->at;

	if (is_hex(word, length))
		return fail(reading, PLACE_NUMBER_HEX, word, length);
	return fail(reading, is_digit(word[0]) ? PLACE_NUMBER : PLACE_NAME, word, length);
}

/* The name that stands here; a symbol only where no other name is meant for certain. */
static void find_name(const struct reading *reading, struct place_name *ret_name)
{
	size_t length = (size_t)(reading->end - reading->at);
	struct place_name symbol;

	place_name_find(reading->space, reading->at, length, ret_name);
	if (!reading->symbols || (ret_name->length && !ret_name->beginning) ||
	    is_digit(*reading->at))
		return;
	place_symbol_find(reading->symbols, reading->space, reading->at, length, &symbol);
	if (symbol.length)
		*ret_name = symbol;
}

/* What is wrong with a name that means no one place. */
static int fail_name(const struct reading *reading, const struct place_name *name)
{
	struct place_mistake *mistake = reading->mistake;

	memcpy(mistake->meant, name->meant, sizeof(name->meant));
	mistake->meant_count = name->meant_count;
	mistake->meant_more = name->meant_more;
	if (name->symbol)
		return fail(reading, name->absent ? PLACE_SYMBOL : PLACE_SYMBOL_SEVERAL,
			    reading->at, name->length);
	return fail(reading, name->absent ? PLACE_NAME_ABSENT : PLACE_NAME_SEVERAL, reading->at,
		    name->length);
}

static int read_term(struct reading *reading, bool first, uint64_t *ret_value)
{
	struct place_name name;
	size_t length;
	int error;

	skip_blanks(reading);
	length = word_length(reading);
	if (length == 0)
		return fail(reading, PLACE_TERM, reading->at, reading->at < reading->end);
	error = read_number(reading->at, length, first, ret_value);
	if (error == -ERANGE)
		return fail(reading, PLACE_RANGE, reading->at, length);
	if (error) {
		find_name(reading, &name);
		if (!name.length)
			return fail_word(reading, length);
		if (name.absent || name.meant_count > (name.symbol ? 0 : 1))
			return fail_name(reading, &name);
		length = name.length;
		*ret_value = name.address;
	}
	reading->at += length;
	skip_blanks(reading);
	return 0;
}

/* The sum of PLACE_TERMS_MAX numbers of 64 bits fits; only the whole has to be an address. */
static int read_sum(struct reading *reading, __int128 *ret_sum)
{
	__int128 sum = 0;
	bool minus = false;
	int error;

	for (size_t i = 0; i < PLACE_TERMS_MAX; i++) {
		uint64_t value = 0;

		error = read_term(reading, i == 0, &value);
		if (error)
			return error;
		sum += minus ? -(__int128)value : (__int128)value;
		if (reading->at == reading->end) {
			*ret_sum = sum;
			return 0;
		}
		if (*reading->at != '+' && *reading->at != '-')
			return fail(reading, PLACE_SIGN, reading->at, word_length(reading));
		minus = *reading->at == '-';
		reading->at++;
	}
	return fail(reading, PLACE_LONG, reading->at, (size_t)(reading->end - reading->at));
}

int place_find(const struct address_space *space, const char *bytes, size_t length,
	       uint64_t *ret_address, struct place_mistake *ret_mistake)
{
	return place_find_with(space, NULL, bytes, length, ret_address, ret_mistake);
}

/* In place of symbols: notes that they were asked for. */
static int note_need(void *context, const struct address_space *space,
		     const struct place_symbol *wanted, struct place_name *ret_name)
{
	(void)space, (void)wanted, (void)ret_name;
	*(bool *)context = true;
	return -ENOENT;
}

bool place_needs_symbols(const struct address_space *space, const char *bytes, size_t length)
{
	bool needed = false;
	const struct place_symbols symbols = {.find = note_need, .context = &needed};
	struct place_mistake mistake;
	uint64_t address;

	(void)place_find_with(space, &symbols, bytes, length, &address, &mistake);
	return needed;
}

int place_find_with(const struct address_space *space, const struct place_symbols *symbols,
		    const char *bytes, size_t length, uint64_t *ret_address,
		    struct place_mistake *ret_mistake)
{
	struct place_mistake mistake = {.symbols = symbols != NULL};
	struct reading reading = {space, symbols, bytes, bytes, bytes + length, &mistake};
	__int128 sum = 0;
	int error;

	while (reading.end > bytes && reading.end[-1] == ' ')
		reading.end--;
	skip_blanks(&reading);
	if (reading.at == reading.end)
		error = fail(&reading, PLACE_EMPTY, reading.at, 0);
	else if (length > PLACE_LENGTH_MAX)
		error = fail(&reading, PLACE_LONG, bytes, length);
	else
		error = read_sum(&reading, &sum);
	if (!error && (sum < 0 || sum > (__int128)UINT64_MAX))
		error = fail(&reading, PLACE_RANGE, bytes, (size_t)(reading.end - bytes));
	if (error)
		*ret_mistake = mistake;
	else
		*ret_address = (uint64_t)sum;
	return error;
}
