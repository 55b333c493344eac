/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/glyphs.h"

static void check_sign(uint32_t sign, bool ascii)
{
	assert_int_equal(utf8_width(sign), 1);
	assert_true(!ascii || sign < 0x7f);
}

static void every_sign_is_one_column_wide(void **state)
{
	(void)state;
	for (int unicode = 0; unicode < 2; unicode++) {
		const struct glyphs *glyphs = glyphs_get(unicode);
		const uint32_t signs[] = {
			glyphs->bar,   glyphs->bar_top, glyphs->fold,     glyphs->no_access,
			glyphs->gap,   glyphs->marker,  glyphs->live,     glyphs->paused,
			glyphs->ended, glyphs->thumb,   glyphs->appeared, glyphs->vanished,
			glyphs->grew,  glyphs->shrank,  glyphs->moved,    glyphs->protected,
			glyphs->other, glyphs->folded,  glyphs->unfolded,
		};

		for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
			check_sign(signs[i], !unicode);
	}
}

static void the_ascii_set_is_ascii(void **state)
{
	const struct glyphs *glyphs = glyphs_get(false);
	const char *const strings[] = {glyphs->times, glyphs->unknown, glyphs->ellipsis,
				       glyphs->inside};

	(void)state;
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		for (const char *at = strings[i]; *at; at++)
			assert_true(*at >= 0x20 && *at < 0x7f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sign_is_one_column_wide),
		cmocka_unit_test(the_ascii_set_is_ascii),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("glyphs", tests, NULL, NULL);
}
