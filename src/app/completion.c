/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/completion.h"

#include <string.h>

#include "app/option_table.h"
#include "app/option_words.h"

#define LICENCE                                         \
	"# SPDX-License-Identifier: GPL-2.0-or-later\n" \
	"# Written by vastop --completion=%s from its table of options.\n"

/* The words, blanks between them. */
static void print_words(FILE *stream, enum option_words words)
{
	const char *word;

	for (size_t i = 0; (word = option_word(words, i)) != NULL; i++)
		fprintf(stream, "%s%s", i ? " " : "", word);
}

/* The help as one line in single quotes; those of escaped get a backslash. */
static void print_help(FILE *stream, const char *help, const char *escaped)
{
	for (; *help; help++) {
		if (*help == '\'') {
			/* The string ends, a quote, the string goes on. */
			fputs("'\\''", stream);
			continue;
		}
		if (strchr(escaped, *help))
			fputc('\\', stream);
		fputc(*help == '\n' ? ' ' : *help, stream);
	}
}

/* How the values of an option are completed. */
static void print_bash_values(FILE *stream, const struct option_row *row)
{
	fprintf(stream, "\t--%s)\n\t\t", row->name);
	if (row->words) {
		fputs(row->words >= OPTION_WORDS_LISTS ? "_vastop_list '" : "_vastop_words '",
		      stream);
		print_words(stream, row->words);
		fputs("'", stream);
	} else if (row->values == OPTION_VALUES_THEME) {
		fputs("_vastop_words \"$(\"$1\" --list-themes 2>/dev/null | sed 's/  .*//')\"",
		      stream);
	} else if (row->values == OPTION_VALUES_NONE) {
		fputs("COMPREPLY=()", stream);
	} else {
		fprintf(stream,
			"compopt -o filenames 2>/dev/null\n"
			"\t\tmapfile -t COMPREPLY < <(compgen -%c -- \"$current\")",
			row->values == OPTION_VALUES_FOLDER ? 'd' : 'f');
	}
	fputs("\n\t\treturn\n\t\t;;\n", stream);
}

static const char bash_head[] =
	"\n_vastop_words()\n{\n"
	"\tmapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\")\n}\n\n"
	"# The last of words with commas between them.\n"
	"_vastop_list()\n{\n"
	"\tlocal before=\n"
	"\t[[ $current != *,* ]] || before=${current%,*},\n"
	"\tmapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$1\" -- \"${current##*,}\")\n"
	"\tcompopt -o nospace 2>/dev/null\n}\n\n"
	"_vastop()\n{\n"
	"\tlocal current=${COMP_WORDS[COMP_CWORD]} option=\n"
	"\tlocal before=${COMP_WORDS[COMP_CWORD - 1]} at\n\n"
	"\tfor ((at = 1; at < COMP_CWORD; at++)); do\n"
	"\t\tif [[ ${COMP_WORDS[at]} == -- ]]; then\n"
	"\t\t\tcompopt -o default 2>/dev/null\n"
	"\t\t\t((at + 1 < COMP_CWORD)) ||\n"
	"\t\t\t\tmapfile -t COMPREPLY < <(compgen -c -- \"$current\")\n"
	"\t\t\treturn\n\t\tfi\n\tdone\n"
	"\t# \"=\" is a word by itself (COMP_WORDBREAKS), or part of one.\n"
	"\tif [[ $current == --*=* ]]; then\n"
	"\t\toption=${current%%=*}\n\t\tcurrent=${current#*=}\n"
	"\telif [[ $current == = ]]; then\n"
	"\t\toption=$before\n\t\tcurrent=\n"
	"\telif [[ $before == = ]]; then\n"
	"\t\toption=${COMP_WORDS[COMP_CWORD - 2]}\n"
	"\telse\n\t\toption=$before\n\tfi\n"
	"\tcase $option in\n";

static const char bash_tail[] =
	"\tif [[ $current == -* ]]; then\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")\n"
	"\t\t[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null\n"
	"\telse\n"
	"\t\t_vastop_words \"$(ps -e -o pid= -o comm= 2>/dev/null | tr -cs '[:alnum:]_.-' ' ')\"\n"
	"\tfi\n}\n\ncomplete -F _vastop vastop\n";

static void print_bash(FILE *stream)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	fputs(bash_head, stream);
	for (size_t i = 0; i < count; i++)
		if (rows[i].argument)
			print_bash_values(stream, &rows[i]);
	fputs("\tesac\n\tlocal options='", stream);
	for (size_t i = 0; i < count; i++)
		fprintf(stream, "--%s%s ", rows[i].name, rows[i].argument ? "=" : "");
	fputs("'\n", stream);
	fputs(bash_tail, stream);
}

/* What _arguments of zshcompsys(1) is to know of an option. */
static void print_zsh_row(FILE *stream, const struct option_row *row)
{
	fprintf(stream, "\t'--%s%s[", row->name, row->argument ? "=" : "");
	print_help(stream, row->help, "[]:\\");
	fputs("]", stream);
	if (row->argument)
		fprintf(stream, ":%s:", row->argument);
	if (row->words >= OPTION_WORDS_LISTS) {
		fputs("_values -s , word ", stream);
		print_words(stream, row->words);
	} else if (row->words) {
		fputs("(", stream);
		print_words(stream, row->words);
		fputs(")", stream);
	} else if (row->values == OPTION_VALUES_THEME) {
		fputs("{compadd -- ${${(f)\"$(vastop --list-themes 2>/dev/null)\"}%%  *}}", stream);
	} else if (row->values != OPTION_VALUES_NONE) {
		fputs(row->values == OPTION_VALUES_FOLDER ? "_files -/" : "_files", stream);
	}
	fputs("' \\\n", stream);
}

static void print_zsh(FILE *stream)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	fputs("\n_arguments -S \\\n", stream);
	for (size_t i = 0; i < count; i++)
		print_zsh_row(stream, &rows[i]);
	fputs("\t'*:process:_pids'\n", stream);
}

static void print_fish_row(FILE *stream, const struct option_row *row)
{
	bool file = row->values == OPTION_VALUES_FILE || row->values == OPTION_VALUES_FOLDER;

	fputs("complete -c vastop", stream);
	if (row->letter)
		fprintf(stream, " -s %c", row->letter);
	fprintf(stream, " -l %s", row->name);
	if (row->argument)
		fputs(file ? " -r -F" : " -x", stream);
	if (row->words >= OPTION_WORDS_LISTS) {
		fputs(" -a '(__fish_append , ", stream);
		print_words(stream, row->words);
		fputs(")'", stream);
	} else if (row->words) {
		fputs(" -a '", stream);
		print_words(stream, row->words);
		fputs("'", stream);
	} else if (row->values == OPTION_VALUES_THEME) {
		fputs(" -a '(vastop --list-themes | string replace -r \"  .*\" \"\")'", stream);
	}
	fputs(" -d '", stream);
	print_help(stream, row->help, "\\");
	fputs("'\n", stream);
}

static void print_fish(FILE *stream)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	fputs("\ncomplete -c vastop -f -a '(__fish_complete_pids)'\n", stream);
	for (size_t i = 0; i < count; i++)
		print_fish_row(stream, &rows[i]);
}

void completion_print(FILE *stream, enum completion_shell shell)
{
	static void (*const prints[])(FILE * stream) = {
		[COMPLETION_BASH] = print_bash,
		[COMPLETION_ZSH] = print_zsh,
		[COMPLETION_FISH] = print_fish,
	};

	/* Only a first line of this form has zsh read the file. */
	if (shell == COMPLETION_ZSH)
		fputs("#compdef vastop\n", stream);
	fprintf(stream, LICENCE, option_word(OPTION_WORDS_SHELL, shell));
	prints[shell](stream);
}
