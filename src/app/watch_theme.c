/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_theme.h"

#include <stdbool.h>
#include <string.h>

#include "app/theme_file.h"
#include "app/theme_list.h"
#include "base/utf8.h"
#include "screen/setting.h"
#include "screen/theme.h"
#include "term/terminal.h"
#include "ui/ui.h"

void watch_theme_start(struct watch_theme *theme, const char *name)
{
	*theme = (struct watch_theme){0};
	text_append(&theme->name, name ? name : THEME_DEFAULT);
}

void watch_theme_finish(struct watch_theme *theme)
{
	text_finish(&theme->name);
	text_finish(&theme->answer);
}

/* What the screen says: the theme's name, and its first mistake of count, or what it cannot do. */
static void say(struct text *text, const char *name, const struct setting_mistake *mistake,
		size_t count, bool colours)
{
	text_clear(text);
	text_append(text, "Theme ");
	utf8_append_escaped(text, name, strlen(name));
	if (count)
		text_append_format(text, ", line %zu: %s", mistake->line, mistake->message);
	else
		text_append(text, colours ? "."
					  : "; without colours, themes differ only in bold, "
					    "underline and the like.");
}

void watch_theme_next(struct watch_theme *theme, struct terminal *terminal, struct ui *ui)
{
	struct setting_mistake mistake;
	struct theme_list list;
	struct theme loaded;
	size_t next, mistakes;

	theme_list_init(&list);
	next = theme_list_next(&list, text_string(&theme->name));
	/* The default theme can always be read. */
	while (theme_file_read(list.names[next], &loaded, &mistake, 1, &mistakes))
		next = (next + 1) % list.count;
	terminal_set_theme(terminal, &loaded);
	ui->host.letters = !terminal_shows_colours(terminal);
	say(&theme->answer, list.names[next], &mistake, mistakes, terminal_has_colours(terminal));
	ui_say(ui, text_string(&theme->answer));
	ui_want(ui, UI_DRAW);
	text_clear(&theme->name);
	text_append(&theme->name, list.names[next]);
	theme_list_finish(&list);
}
