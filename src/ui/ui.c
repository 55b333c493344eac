/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/ui.h"

#include <stdarg.h>

#include "model/address_space.h"
#include "model/limits.h"
#include "model/session.h"

void ui_init(struct ui *ui, bool unicode)
{
	*ui = (struct ui){.glyphs = glyphs_get(unicode)};
}

void ui_init_plain(struct ui *ui, const struct address_space *space, bool unicode)
{
	ui_init(ui, unicode);
	ui_set_space(ui, space);
	view_init(&ui->view, &ui->shown.regions);
}

void ui_finish(struct ui *ui)
{
	pane_stack_finish(&ui->panes);
	shown_finish(&ui->shown);
	find_finish(&ui->find);
	text_finish(&ui->message.words);
}

/* Nothing is where it was: starts over, but keeps what the user chose. */
static void start_view(struct ui *ui)
{
	const struct target_death *death = &ui->shown.space->target.death;
	struct view view = ui->view;

	view_init(&ui->view, &ui->shown.regions);
	ui->view.scale = view.scale;
	ui->view.low_on_top = view.low_on_top;
	ui->view.lines = view.lines;
	if (death->has_address)
		view_show(&ui->view, death->address);
}

void ui_watch(struct ui *ui, struct session *session)
{
	shown_finish(&ui->shown);
	find_finish(&ui->find);
	if (!session)
		return;
	ui->shown.session = session;
	ui_set_space(ui, session->now);
	wx_history_add(&ui->shown.wx_history, session->now);
	start_view(ui);
	ui_want(ui, UI_LAYOUT | UI_DRAW);
}

void ui_watch_again(struct ui *ui, struct session *session)
{
	shown_finish(&ui->shown);
	ui->shown.session = session;
	ui_set_space(ui, session->now);
	wx_history_add(&ui->shown.wx_history, session->now);
	view_follow(&ui->view, &ui->shown.regions);
	ui_want(ui, UI_LAYOUT | UI_DRAW);
}

struct scene ui_scene(const struct ui *ui, const struct scene_status *status)
{
	const struct shown *shown = &ui->shown;
	const struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);
	const struct pane *focused = pane_stack_focused(&ui->panes);
	struct scene scene = {
		.session = shown->session,
		.growth = shown->session ? &shown->growth : NULL,
		.highlights = shown->session ? &shown->highlights : NULL,
		.wx_history = shown->session ? &shown->wx_history : NULL,
		.minimap = shown->session ? &shown->picture.minimap : NULL,
		.folds = &shown->picture.folds,
		.colours = ui->colours,
		.find = &ui->find,
		.limits = &shown->limits,
		.usage = shown_usage(shown),
		.heap = shown_heap(shown),
		.sites = shown->sites,
		.sites_words = shown->sites_words,
		.site_colours = &shown->site_colours,
		.residency = shown_residency(shown),
		.space = shown->space,
		.regions = &shown->regions,
		.diagram = shown->picture.diagram,
		.view = &ui->view,
		.main = main ? main->ops : NULL,
		.focus = focused ? focused->ops : NULL,
		.status = status,
		.letters = ui->host.letters,
		.timeline = ui->host.timeline,
		.glyphs = ui->glyphs,
		.keymap = ui->keymap,
	};

	if (main && main->ops->selected && scene.space &&
	    main->ops->selected(main, &scene, &scene.selected)) {
		scene.table = !main->ops->view;
		return scene;
	}
	if (scene.diagram)
		scene.selected = *view_band(scene.view, scene.diagram);
	return scene;
}

/* What is shown has changed; what main views list is perhaps the same still. */
static void tell_panes(struct ui *ui, bool same_list)
{
	for (size_t i = 0; i < ui->panes.depth; i++) {
		const struct pane_ops *ops = ui->panes.open[i]->ops;

		if (ops->take && !(same_list && ops->place == PANE_MAIN))
			ops->take(ui->panes.open[i], ui);
	}
}

/* What is only marked or dimmed leaves the regions of the same space as they are. */
static void show_find(struct ui *ui, bool same_space, const char *message)
{
	if (!same_space || ui->shown.regions.filtered || ui->find.filter == FILTER_HIDE)
		shown_make_regions(&ui->shown, &ui->find);
	tell_panes(ui, false);
	if (message) {
		ui_say(ui, message);
		ui_want(ui, UI_DRAW);
	}
}

static void take_find(struct ui *ui, bool same_space)
{
	const struct find_space in = {ui->shown.space, shown_usage(&ui->shown)};

	show_find(ui, same_space, find_update(&ui->find, &in));
}

void ui_take_find(struct ui *ui)
{
	const struct find_space in = {ui->shown.space, shown_usage(&ui->shown)};

	show_find(ui, true, find_update_hidden(&ui->find, &in));
}

void ui_set_space(struct ui *ui, const struct address_space *space)
{
	ui->shown.space = space;
	shown_forget_regions(&ui->shown);
	shown_measure(&ui->shown);
	take_find(ui, false);
}

/* Takes the basis over, as far as it is of use; NULL: there is none. */
static void rest_on(struct ui *ui, const struct address_space *space, struct shown_basis *basis)
{
	bool finds;

	if (!basis) {
		ui_set_space(ui, space);
		return;
	}
	ui->shown.space = space;
	finds = shown_rest_on(&ui->shown, basis) && basis->finds &&
		find_take(&ui->find, &basis->find);
	shown_basis_finish(basis);
	if (finds)
		tell_panes(ui, false);
	else
		take_find(ui, false);
}

void ui_show_space(struct ui *ui, const struct address_space *space, struct shown_basis *basis)
{
	struct shown *shown = &ui->shown;
	const struct address_space *baseline = shown_baseline(shown), *before = shown->space;
	struct shown_basis left;
	bool same;

	shown->space = space;
	/* What was made of the list stays valid, but for what grew since another baseline. */
	same = address_space_same_list(space, before) && !find_needs_usage(&ui->find) &&
	       address_space_same_list(shown_baseline(shown), baseline);
	if (same) {
		shown_measure(shown);
		tell_panes(ui, false);
		return;
	}
	shown->space = before;
	left = shown_lift(shown);
	rest_on(ui, space, basis);
	*basis = left;
}

/* Of the list nothing is new, and so nothing of what was made of it. */
static void take_same_list(struct ui *ui, const struct shown_basis *basis)
{
	if (!ui->shown.paused) {
		shown_take_limits(&ui->shown, basis);
		tell_panes(ui, true);
		ui_settle(ui);
	}
	ui_tell_news(ui, PANE_NEWS_SAMPLE);
}

void ui_take_baseline(struct ui *ui)
{
	if (shown_forget_growth(&ui->shown))
		take_find(ui, false);
	else
		tell_panes(ui, false);
	ui_want(ui, UI_LAYOUT);
}

void ui_take_snapshot(struct ui *ui, int64_t now_ns, struct shown_basis *basis)
{
	struct shown *shown = &ui->shown;
	const struct session *session = shown->session;
	const struct change_list *changes = &session->latest;

	if (!shown->paused)
		shown->heap_ns = session->now->time_ns;
	if (session->same) {
		take_same_list(ui, basis);
		return;
	}
	shown->usage = basis ? basis->usage : NULL;
	shown->residency = basis ? basis->residency : NULL;
	if (change_list_has_exec(changes)) {
		shown->heap = NULL;
		shown->program_ns = session->now->time_ns;
		wx_history_exec(&shown->wx_history, session->now->time_ns);
	}
	wx_history_add(&shown->wx_history, session->now);
	if (shown->paused) {
		/* Another program began: what is shown is earlier than the baseline now. */
		if (change_list_has_exec(changes))
			ui_take_baseline(ui);
		/* How long ago what is shown was, and what was writable and executable since. */
		shown_keep_live(shown, basis);
		ui_tell_news(ui, PANE_NEWS_LIST);
		return;
	}
	highlights_add(&shown->highlights, changes, now_ns);
	rest_on(ui, session->now, basis);
	if (change_list_has_exec(changes)) {
		start_view(ui);
		ui_say(ui, "Another program runs in the process now.");
		ui_want(ui, UI_DRAW);
	}
	view_follow(&ui->view, &shown->regions);
	ui_want(ui, UI_LAYOUT);
	ui_tell_news(ui, shown->usage ? PANE_NEWS_LIST | PANE_NEWS_USAGE : PANE_NEWS_LIST);
}

void ui_set_usage(struct ui *ui, const struct usage_table *usage, const struct residency *residency)
{
	ui->shown.usage = usage;
	ui->shown.residency = residency;
	if (!shown_is_newest(&ui->shown))
		return;
	/* What is hidden may be other mappings now, which the diagram does not know. */
	if (find_needs_usage(&ui->find)) {
		take_find(ui, true);
		ui_want(ui, UI_LAYOUT | UI_DRAW);
		return;
	}
	tell_panes(ui, false);
	/* Of a new snapshot: what it shows is laid out first. */
	if (!(ui->request.bits & UI_LAYOUT))
		ui_settle(ui);
	ui_tell_news(ui, PANE_NEWS_USAGE);
}

void ui_visible(const struct ui *ui, uint64_t *ret_start, uint64_t *ret_end)
{
	const struct scene scene = ui_scene(ui, NULL);
	const struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);

	if (main && main->ops->visible && main->ops->visible(main, &scene, ret_start, ret_end))
		return;
	view_visible(&ui->view, ui->shown.picture.diagram, ret_start, ret_end);
}

void ui_settle_highlights(struct ui *ui, int64_t now_ns, int64_t *ret_next_ns)
{
	/* What a past moment changed stays marked as long as one looks at it. */
	*ret_next_ns = HIGHLIGHTS_NEVER;
	if (!ui->shown.paused && highlights_expire(&ui->shown.highlights, now_ns, ret_next_ns))
		ui_want(ui, UI_DRAW);
}

static void settle_pane(struct pane *pane, struct ui *ui)
{
	/* What lies over everything is about no process. */
	if (pane->ops->settle && (ui->shown.picture.diagram || pane->ops->place >= PANE_BODY))
		pane->ops->settle(pane, ui);
}

void ui_settle(struct ui *ui)
{
	struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);

	/* The others follow its cursor. */
	if (main)
		settle_pane(main, ui);
	for (size_t i = 0; i < ui->panes.depth; i++)
		if (ui->panes.open[i]->ops->place != PANE_MAIN)
			settle_pane(ui->panes.open[i], ui);
}

/* A main view with a cursor of its own may have it outside of the window that it covers. */
static void settle_view(struct ui *ui)
{
	const struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);
	uint64_t cursor = ui->view.cursor;

	view_settle(&ui->view, ui->shown.picture.diagram);
	if (main && main->ops->selected)
		ui->view.cursor = cursor;
}

static void lay_out(struct ui *ui)
{
	ui->request.bits &= ~(unsigned)UI_LAYOUT;
	if (ui->shown.space) {
		/* What other panes do often leaves the picture as it is. */
		shown_lay_out(&ui->shown, &ui->view);
		settle_view(ui);
	}
	ui_settle(ui);
}

void ui_layout(struct ui *ui)
{
	lay_out(ui);
	/* A main view that has nothing to show any more has made way. */
	if (ui->request.bits & UI_LAYOUT)
		lay_out(ui);
}

void ui_want(struct ui *ui, unsigned bits)
{
	ui->request.bits |= bits;
}

void ui_tell_news(struct ui *ui, unsigned news)
{
	ui->request.news |= news;
}

struct ui_request ui_take_request(struct ui *ui)
{
	struct ui_request request = ui->request;

	ui->request = (struct ui_request){0};
	return request;
}

void ui_say(struct ui *ui, const char *sentence)
{
	ui->message.text = sentence;
}

void ui_do_or_say(struct ui *ui, const char *why_not, void (*run)(struct ui *ui))
{
	ui_say(ui, why_not);
	if (!why_not)
		run(ui);
}

void ui_say_format(struct ui *ui, const char *format, ...)
{
	struct text words = {0};
	va_list arguments;

	va_start(arguments, format);
	text_append_list(&words, format, arguments);
	va_end(arguments);
	/* What is said may be a part of what was said before. */
	text_finish(&ui->message.words);
	ui->message.words = words;
	ui->message.text = text_string(&ui->message.words);
}

bool ui_confirms(struct ui *ui, const void *what)
{
	if (ui->message.asked == what)
		return true;
	ui->message.asks = what;
	return false;
}

void ui_ask(struct ui *ui, const struct ui_prompt *asking, const char *text)
{
	ui->line.asking = asking;
	prompt_set(&ui->line.prompt, text);
}
