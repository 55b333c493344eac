/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

size_t utf8_decode(const char *bytes, size_t length, uint32_t *ret_codepoint)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *b = (const unsigned char *)bytes;
	uint32_t codepoint;
	size_t need;

	if (length == 0)
		return 0;
	if (b[0] < 0x80) {
		*ret_codepoint = b[0];
		return 1;
	}
	need = b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
	if (b[0] < 0xc2 || b[0] > 0xf4 || need > length)
		return 0;
	codepoint = b[0] & (0x7fu >> need);
	for (size_t i = 1; i < need; i++) {
		if (!is_continuation(b[i]))
			return 0;
		codepoint = codepoint << 6 | (b[i] & 0x3f);
	}
	if (codepoint < smallest[need] || codepoint > 0x10ffff ||
	    (codepoint >= 0xd800 && codepoint <= 0xdfff))
		return 0;
	*ret_codepoint = codepoint;
	return need;
}

size_t utf8_start(const char *bytes, size_t offset)
{
	while (offset && is_continuation((unsigned char)bytes[offset]))
		offset--;
	return offset;
}

size_t utf8_encode(uint32_t codepoint, char *out)
{
	size_t need = codepoint < 0x80 ? 1 : codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;

	if (need == 1) {
		out[0] = (char)codepoint;
		return 1;
	}
	for (size_t i = need - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (codepoint & 0x3f));
		codepoint >>= 6;
	}
	out[0] = (char)((0xf00u >> need) | codepoint);
	return need;
}

/*
 * Default_Ignorable_Code_Point of Unicode 15 (DerivedCoreProperties.txt): soft hyphens, fillers,
 * bidirectional and zero-width controls, variation selectors, tags. They are not to be seen, though
 * the C library says of some that they have a width.
 */
static bool is_ignorable(uint32_t codepoint)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x00ad, 0x00ad},   {0x034f, 0x034f}, {0x061c, 0x061c},   {0x115f, 0x1160},
		{0x17b4, 0x17b5},   {0x180b, 0x180f}, {0x200b, 0x200f},   {0x202a, 0x202e},
		{0x2060, 0x206f},   {0x3164, 0x3164}, {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},
		{0xffa0, 0xffa0},   {0xfff0, 0xfff8}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
		{0xe0000, 0xe0fff},
	};
	size_t i = 0;

	/* Signs, frames, blocks and Braille, of which pictures are made. */
	if (codepoint >= 0x2070 && codepoint < 0x3164)
		return false;
	while (i < sizeof(ranges) / sizeof(ranges[0]) - 1 && ranges[i].last < codepoint)
		i++;
	return codepoint >= ranges[i].first && codepoint <= ranges[i].last;
}

int utf8_width(uint32_t codepoint)
{
	int width;

	if (codepoint < 0x80)
		return codepoint >= 0x20 && codepoint < 0x7f;
	if (codepoint < 0xa0 || is_ignorable(codepoint))
		return 0;
	width = wcwidth((wchar_t)codepoint);
	return width < 0 ? 0 : width;
}

size_t utf8_columns(const char *string)
{
	size_t length = strlen(string), columns = 0;
	uint32_t codepoint;

	for (size_t i = 0, step; i < length; i += step) {
		if (string[i] >= 0x20 && string[i] < 0x7f) {
			columns += (step = 1);
			continue;
		}
		step = utf8_decode(string + i, length - i, &codepoint);
		if (step)
			columns += (size_t)utf8_width(codepoint);
		else
			step = 1;
	}
	return columns;
}

static void append_special(struct text *text, uint32_t codepoint)
{
	if (codepoint == '\n')
		text_append(text, "\\n");
	else if (codepoint == '\t')
		text_append(text, "\\t");
	else if (codepoint < 0x80)
		text_append_format(text, "\\x%02x", codepoint);
	else
		text_append_format(text, "\\u{%x}", codepoint);
}

void utf8_append_escaped(struct text *text, const char *bytes, size_t length)
{
	uint32_t codepoint;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_decode(bytes + i, length - i, &codepoint);
		if (step == 0) {
			text_append_format(text, "\\x%02x", (unsigned char)bytes[i]);
			step = 1;
		} else if (utf8_width(codepoint) > 0) {
			text_append_bytes(text, bytes + i, step);
		} else {
			append_special(text, codepoint);
		}
	}
}
