/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/compare.h"

#include <langinfo.h>
#include <string.h>

#include "app/compare_side.h"
#include "app/options.h"
#include "app/output.h"
#include "model/diff.h"
#include "report/diff_sheet.h"
#include "report/json_diff.h"

static int write_diff(const struct options *options, const struct compare_side *sides)
{
	bool ascii = options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	const char *const headings[] = {text_string(&sides[DIFF_A].heading),
					text_string(&sides[DIFF_B].heading)};
	const struct diff_subject a = compare_side_subject(&sides[DIFF_A]);
	const struct diff_subject b = compare_side_subject(&sides[DIFF_B]);
	struct output output;
	struct diff diff;
	int error = 0;

	diff_init(&diff, &a, &b);
	output_open(&output);
	if (options->format == FORMAT_JSON)
		error = json_diff_write(output.stream, &diff, options->operands);
	else
		diff_sheet_write(output.stream, &diff, headings, ascii);
	diff_finish(&diff);
	return output_close(&output, error);
}

int compare_run(const struct options *options)
{
	struct compare_side sides[DIFF_SIDES] = {0};
	int status = compare_side_open(&sides[DIFF_A], options, options->operands[DIFF_A]);

	status = status ? status
			: compare_side_open(&sides[DIFF_B], options, options->operands[DIFF_B]);
	status = status ? status : write_diff(options, sides);
	compare_side_close(&sides[DIFF_A]);
	compare_side_close(&sides[DIFF_B]);
	return status;
}
