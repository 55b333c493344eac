/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_limit.h"

#include <errno.h>

#include "base/text.h"
#include "record/database.h"
#include "record/recording_schema.h"

/* The result of a question that has one number; -errno. */
static int64_t ask(struct database *database, const char *sql)
{
	struct statement *statement;
	int64_t number = -EBADMSG;
	int error = database_prepare(database, sql, &statement);

	if (error)
		return error;
	error = statement_step(statement);
	if (error < 0)
		number = error;
	else if (error)
		statement_number(statement, 0, 0, INT64_MAX, &number);
	statement_free(statement);
	return number;
}

int64_t recording_limit_used(struct database *database)
{
	int64_t pages = ask(database, "SELECT page_count-freelist_count FROM "
				      "pragma_page_count,pragma_freelist_count");

	return pages < 0 ? pages : pages * RECORDING_PAGE_BYTES;
}

/* What began before the second oldest keyframe goes, all of it: nothing lasts beyond one. */
static int drop_oldest(struct database *database)
{
	static const struct {
		const char *table, *column;
	} dated[] = {
		{"sample", "id"},   {"list", "first"},      {"mapping", "first"},
		{"part", "first"},  {"stack", "first"},     {"memory", "first"},
		{"usage", "first"}, {"pages", "first"},     {"event", "sample"},
		{"note", "sample"}, {"baseline", "sample"}, {"keyframe", "first"},
	};
	int64_t next = ask(database, "SELECT first FROM keyframe ORDER BY first LIMIT 1 OFFSET 1");
	struct text sql = {0};
	int error;

	if (next < 0)
		return (int)next;
	for (size_t i = 0; i < sizeof(dated) / sizeof(dated[0]); i++)
		text_append_format(&sql, "DELETE FROM %s WHERE %s<%lld;", dated[i].table,
				   dated[i].column, (long long)next);
	/* The one that holds at the keyframe stays. */
	text_append(&sql, "DELETE FROM process WHERE first<(SELECT max(first) FROM process WHERE "
			  "first<=(SELECT min(id) FROM sample));"
			  "DELETE FROM argument WHERE process NOT IN (SELECT first FROM process)");
	error = database_run(database, text_string(&sql));
	text_finish(&sql);
	return error;
}

int64_t recording_limit_keep(struct database *database, uint64_t limit)
{
	int64_t used = recording_limit_used(database), keyframes = 2;

	while (used > 0 && (uint64_t)used > limit - limit / RECORDING_LIMIT_PART && keyframes > 1) {
		keyframes = ask(database, "SELECT count(*) FROM keyframe");
		if (keyframes > 1) {
			const int error = drop_oldest(database);

			used = error ? error : recording_limit_used(database);
		}
	}
	return keyframes < 0 ? keyframes : used;
}
