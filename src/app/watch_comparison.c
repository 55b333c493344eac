/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_comparison.h"

#include <time.h>

#include "app/target_words.h"
#include "base/text.h"
#include "kernel/answerer.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "model/session.h"
#include "ui/arrange.h"
#include "ui/difference/difference_pane.h"
#include "ui/ui.h"

/* It takes one in so many parts of the time at most, while samples come by themselves. */
#define SHARE 50

/* What both sides are is owned. */
struct question {
	struct comparison_side sides[DIFF_SIDES];
};

struct answer {
	struct comparison *comparison; /* owned */
};

static void answer(void *owner, void *asked, void *ret_answer)
{
	(void)owner;
	((struct answer *)ret_answer)->comparison =
		comparison_create(((struct question *)asked)->sides);
}

static void forget(void *asked, void *newer)
{
	struct question *question = asked;

	(void)newer;
	for (int side = 0; side < DIFF_SIDES; side++)
		comparison_side_finish(&question->sides[side]);
}

static void drop(void *answered)
{
	comparison_destroy(((struct answer *)answered)->comparison);
}

static void release(void *owner)
{
	(void)owner;
}

static const struct answerer_ops ops = {
	.name = "vastop/compare",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct answer),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

/* What is in memory of the baseline is known while it is what is shown. */
static void keep_baseline(struct watch_comparison *comparison, const struct ui *ui)
{
	const struct shown *shown = &ui->shown;
	const struct usage_table *usage = shown_usage(shown);
	const int64_t time_ns = shown->session->baseline->time_ns;

	if (comparison->baseline_ns != time_ns) {
		kept_usage_finish(&comparison->baseline);
		comparison->baseline_ns = time_ns;
	}
	if (usage && shown->space->time_ns == time_ns && !comparison->baseline.known)
		kept_usage_take(&comparison->baseline, usage, NULL);
}

static struct comparison_side make_a(const struct watch_comparison *comparison,
				     const struct session *session)
{
	const struct comparison_side *given = &comparison->given;
	char clock[CLOCK_LENGTH];
	struct comparison_side side;
	struct text heading = {0};

	if (given->space)
		return comparison_side_of(given->space, kept_usage_table(&given->usage),
					  given->heading);
	text_append_format(&heading, "baseline, %s",
			   target_clock(session->baseline->time_ns, clock));
	side = comparison_side_of(session->baseline, kept_usage_table(&comparison->baseline),
				  text_string(&heading));
	text_finish(&heading);
	return side;
}

static struct comparison_side make_b(const struct ui *ui)
{
	const struct shown *shown = &ui->shown;
	const bool is_now = shown_is_newest(shown) && !ui->host.replay && !shown->ended &&
			    !shown_is_core(shown);
	char clock[CLOCK_LENGTH];
	struct comparison_side side;
	struct text heading = {0};

	text_append_format(&heading, "%s, %s", is_now ? "now" : "shown",
			   target_clock(shown->space->time_ns, clock));
	side = comparison_side_of(shown->space, shown_usage(shown), text_string(&heading));
	text_finish(&heading);
	return side;
}

static struct watch_comparison_key make_key(const struct watch_comparison *comparison,
					    const struct ui *ui)
{
	const struct usage_table *usage = shown_usage(&ui->shown);

	return (struct watch_comparison_key){
		.a_ns = comparison->given.space ? comparison->given.space->time_ns
						: ui->shown.session->baseline->time_ns,
		.b_ns = ui->shown.space->time_ns,
		.smaps_ns = usage ? usage->smaps_ns : 0,
		.rss = usage ? usage->total.rss : TARGET_UNKNOWN,
	};
}

static bool is_same(const struct watch_comparison_key *a, const struct watch_comparison_key *b)
{
	return a->a_ns == b->a_ns && a->b_ns == b->b_ns && a->smaps_ns == b->smaps_ns &&
	       a->rss == b->rss;
}

/* Whether there will be another sample without a key. */
static bool is_flowing(const struct ui *ui)
{
	return !ui->shown.paused && !ui->shown.ended && !shown_is_core(&ui->shown) &&
	       !(ui->host.replay && ui->host.play.held);
}

void watch_comparison_begin(const struct watch_comparison *comparison, struct ui *ui)
{
	if (comparison->given.space)
		arrange_open(ui, &difference_pane);
}

void watch_comparison_look(struct watch_comparison *comparison, const struct ui *ui)
{
	struct watch_comparison_key key;
	struct question question;

	if (!ui->shown.session)
		return;
	keep_baseline(comparison, ui);
	if (comparison->asking || !difference_pane_wants(ui))
		return;
	key = make_key(comparison, ui);
	if (is_same(&key, &comparison->asked) ||
	    (is_flowing(ui) && clock_ns(CLOCK_MONOTONIC) < comparison->earliest_ns))
		return;
	if (!comparison->answerer && answerer_create(&ops, NULL, &comparison->answerer))
		return;
	comparison->asking = true;
	comparison->asked = key;
	comparison->asked_ns = clock_ns(CLOCK_MONOTONIC);
	question.sides[DIFF_A] = make_a(comparison, ui->shown.session);
	question.sides[DIFF_B] = make_b(ui);
	answerer_ask(comparison->answerer, &question);
}

int watch_comparison_descriptor(const struct watch_comparison *comparison)
{
	return comparison->answerer ? answerer_descriptor(comparison->answerer) : -1;
}

void watch_comparison_take(struct watch_comparison *comparison, struct ui *ui)
{
	struct answer answer;
	int64_t now;

	if (!comparison->answerer || !answerer_take(comparison->answerer, &answer))
		return;
	now = clock_ns(CLOCK_MONOTONIC);
	comparison->asking = false;
	comparison->earliest_ns = now + (now - comparison->asked_ns) * (SHARE - 1);
	difference_pane_take(ui, answer.comparison);
}

void watch_comparison_finish(struct watch_comparison *comparison)
{
	if (comparison->answerer)
		answerer_destroy(comparison->answerer);
	comparison_side_finish(&comparison->given);
	kept_usage_finish(&comparison->baseline);
	*comparison = (struct watch_comparison){0};
}
