/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/theme.h"

#include <stdbool.h>
#include <string.h>

#include "screen/colour.h"
#include "screen/setting.h"
#include "screen/suggest.h"

/* The contrast that WCAG 2 asks of text. */
#define LEGIBLE 4.5

#define LIGHTER_STEPS 16

/* In the order of their ANSI numbers; default last. */
static const char *const colour_names[] = {
	"black",        "red",           "green",       "yellow",         "blue",
	"magenta",      "cyan",          "white",       "bright-black",   "bright-red",
	"bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
	"bright-white", "default",
};

/* In the order of the STYLE_… bits. */
static const char *const attribute_names[] = {"bold", "dim", "italic", "underline", "reverse"};

enum {
	COLOUR_NAMES = sizeof(colour_names) / sizeof(colour_names[0]),
	ATTRIBUTE_NAMES = sizeof(attribute_names) / sizeof(attribute_names[0]),
};

static const struct setting_syntax syntax = {"role", "muted = #808080"};

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hex(struct setting_word word, struct colour *ret_colour)
{
	uint8_t channels[3];

	if (word.length != 7)
		return false;
	for (size_t i = 0; i < 3; i++) {
		int high = hex_digit(word.bytes[1 + 2 * i]), low = hex_digit(word.bytes[2 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		channels[i] = (uint8_t)(high << 4 | low);
	}
	*ret_colour = (struct colour){
		.type = COLOUR_RGB,
		.red = channels[0],
		.green = channels[1],
		.blue = channels[2],
	};
	return true;
}

static bool parse_colour(struct setting_word word, struct colour *ret_colour)
{
	size_t index;

	if (word.length > 0 && word.bytes[0] == '#')
		return parse_hex(word, ret_colour);
	index = setting_find(word, colour_names, COLOUR_NAMES);
	if (index == COLOUR_NAMES)
		return false;
	*ret_colour = (struct colour){.type = COLOUR_DEFAULT};
	if (index < COLOUR_NAMES - 1)
		*ret_colour = (struct colour){.type = COLOUR_ANSI, .ansi = (uint8_t)index};
	return true;
}

/* Says what is wrong with a word that is neither a colour, where one may be, nor an attribute. */
static int mistake_in_style(struct setting_reader *reader, struct setting_word word,
			    bool colour_allowed)
{
	const char *near = NULL;

	if (word.bytes[0] == '#')
		return setting_mistake(
			reader,
			"%s is not a colour; write # and six hexadecimal digits, as in #e5c07b",
			setting_quote(word).text);
	if (colour_allowed)
		near = suggest_word(word.bytes, word.length, colour_names, COLOUR_NAMES);
	if (near)
		return setting_mistake(reader, "unknown colour %s; did you mean '%s'?",
				       setting_quote(word).text, near);
	near = suggest_word(word.bytes, word.length, attribute_names, ATTRIBUTE_NAMES);
	if (near)
		return setting_mistake(reader, "unknown attribute %s; did you mean '%s'?",
				       setting_quote(word).text, near);
	if (colour_allowed)
		return setting_mistake(
			reader,
			"unknown colour %s; write default, #rrggbb or a name such as blue "
			"or bright-blue",
			setting_quote(word).text);
	return setting_mistake(
		reader, "unknown attribute %s; write bold, dim, italic, underline or reverse",
		setting_quote(word).text);
}

/* "few" and a colour, the last words of a line. */
static int parse_few(struct setting_reader *reader, struct style *style)
{
	struct setting_word word = setting_next_word(reader), rest;

	if (word.length == 0 || !parse_colour(word, &style->few))
		return setting_mistake(reader,
				       "no colour behind 'few'; write one, as in 'few blue'");
	rest = setting_next_word(reader);
	if (rest.length)
		return setting_mistake(reader,
				       "unexpected %s; a line ends behind 'few' and its colour",
				       setting_quote(rest).text);
	style->has_few = true;
	return 0;
}

/* FOREGROUND [BACKGROUND] [ATTRIBUTE…] [few COLOUR], to the end of the line. */
static int parse_style(struct setting_reader *reader, struct style *ret_style)
{
	static const char *const few = "few";
	struct style style = {0};
	struct setting_word word = setting_next_word(reader);
	unsigned colours = 0;

	if (word.length == 0)
		return setting_mistake(reader,
				       "no colour after '='; write one, as in 'muted = #808080'");
	for (; word.length > 0; word = setting_next_word(reader)) {
		size_t bit = setting_find(word, attribute_names, ATTRIBUTE_NAMES);
		struct colour colour;

		if (colours && setting_find(word, &few, 1) == 0) {
			if (parse_few(reader, &style))
				return -1;
			break;
		}
		if (bit < ATTRIBUTE_NAMES) {
			if (colours == 0)
				return setting_mistake(
					reader, "no colour before %s; write 'default %s'",
					setting_quote(word).text, attribute_names[bit]);
			style.attributes |= (uint8_t)(1u << bit);
		} else if (!parse_colour(word, &colour)) {
			return mistake_in_style(reader, word, colours < 2 && !style.attributes);
		} else if (colours == 2 || style.attributes) {
			return setting_mistake(reader,
					       "unexpected colour %s; write foreground, "
					       "background, then attributes",
					       setting_quote(word).text);
		} else {
			*(colours == 0 ? &style.foreground : &style.background) = colour;
			colours++;
		}
	}
	*ret_style = style;
	return 0;
}

static int mistake_in_role(struct setting_reader *reader, struct setting_word word)
{
	const char *names[ROLE_COUNT], *near;

	for (enum role role = 0; role < ROLE_COUNT; role++)
		names[role] = role_name(role);
	near = suggest_word(word.bytes, word.length, names, ROLE_COUNT);
	if (near)
		return setting_mistake(reader, "unknown role %s; did you mean '%s'?",
				       setting_quote(word).text, near);
	return setting_mistake(reader, "unknown role %s; default.theme lists the roles",
			       setting_quote(word).text);
}

static void parse_line(struct setting_reader *reader, struct setting_word name, struct theme *theme,
		       size_t *set_at)
{
	enum role role = role_find(name.bytes, name.length);
	struct style style;

	if (role == ROLE_COUNT && name.bytes[0] != '=') {
		mistake_in_role(reader, name);
		return;
	}
	if (setting_take_sign(reader, name))
		return;
	if (role == ROLE_COUNT) {
		mistake_in_role(reader, name);
	} else if (parse_style(reader, &style) == 0) {
		if (set_at[role]) {
			setting_mistake_twice(reader, name, set_at[role]);
			return;
		}
		set_at[role] = reader->line;
		theme->styles[role] = style;
	}
}

size_t theme_parse(const char *bytes, size_t length, struct theme *ret_theme,
		   struct setting_mistake *mistakes, size_t capacity)
{
	size_t set_at[ROLE_COUNT] = {0}; /* the line that set the role, or 0 */
	struct setting_reader reader;
	struct setting_word name;

	*ret_theme = (struct theme){0};
	setting_reader_init(&reader, &syntax, bytes, length, mistakes, capacity);
	while (setting_next(&reader, &name))
		parse_line(&reader, name, ret_theme, set_at);
	for (enum role role = 0; role < ROLE_COUNT; role++)
		if (!set_at[role])
			ret_theme->styles[role] = ret_theme->styles[ROLE_DEFAULT];
	return reader.count;
}

/* What is drawn to be overlooked: no more than the ground can bear. */
static bool is_quiet(enum role role)
{
	return role == ROLE_MUTED || role == ROLE_LABEL || role == ROLE_ADDRESS ||
	       role == ROLE_KEY_HELP || role == ROLE_GHOST || role == ROLE_KIND_GAP;
}

static bool is_hard_to_read(const struct style *style)
{
	return style->foreground.type != COLOUR_DEFAULT &&
	       style->background.type != COLOUR_DEFAULT &&
	       colour_contrast(colour_rgb(&style->foreground), colour_rgb(&style->background)) <
		       LEGIBLE;
}

bool theme_has_colours(const struct theme *theme)
{
	for (int role = ROLE_KIND_TEXT; role < ROLE_COUNT; role++)
		if (theme->styles[role].foreground.type != COLOUR_DEFAULT)
			return true;
	return false;
}

/* As much of white mixed in as makes it legible; what is no mixture of colours stays. */
static struct colour lighten(const struct colour *colour, const struct colour *ground)
{
	struct colour light = *colour;

	if (colour->type != COLOUR_RGB || ground->type == COLOUR_DEFAULT)
		return light;
	for (int part = 0; part <= LIGHTER_STEPS; part++) {
		light.red = (uint8_t)(colour->red + (255 - colour->red) * part / LIGHTER_STEPS);
		light.green =
			(uint8_t)(colour->green + (255 - colour->green) * part / LIGHTER_STEPS);
		light.blue = (uint8_t)(colour->blue + (255 - colour->blue) * part / LIGHTER_STEPS);
		if (colour_contrast(colour_rgb(&light), colour_rgb(ground)) >= LEGIBLE)
			return light;
	}
	return *colour;
}

struct style theme_cell_style(const struct theme *theme, enum role role, enum role ground)
{
	const struct style *plain = &theme->styles[ROLE_DEFAULT];
	const struct style *own = &theme->styles[role];
	const struct style *under = &theme->styles[ground == ROLE_DEFAULT ? role : ground];
	struct style style = {
		.foreground = own->foreground,
		.background = under->background,
		.few = own->few,
		.has_few = own->has_few,
		.attributes = own->attributes | under->attributes,
	};

	if (style.foreground.type == COLOUR_DEFAULT)
		style.foreground = under->foreground;
	if (style.foreground.type == COLOUR_DEFAULT)
		style.foreground = plain->foreground;
	if (style.background.type == COLOUR_DEFAULT)
		style.background = plain->background;
	if (ground != ROLE_DEFAULT && is_quiet(role)) {
		style.attributes &= (uint8_t)~STYLE_DIM;
		if (is_hard_to_read(&style) && under->foreground.type != COLOUR_DEFAULT) {
			style.foreground = under->foreground;
			style.has_few = false;
		}
	} else if (ground != ROLE_DEFAULT && role < ROLE_KIND_TEXT) {
		style.foreground = lighten(&style.foreground, &style.background);
	}
	return style;
}

struct style theme_letter_style(const struct theme *theme, enum role role, enum role ground)
{
	struct style style = theme_cell_style(theme, role, ground);

	if (ground != ROLE_DEFAULT)
		style.foreground = lighten(&style.foreground, &style.background);
	return style;
}
