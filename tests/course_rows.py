"""Where each thing that the course must teach stands: rows of the list in SOURCES.md of the design notes, one by one.

Ids are those of the list: N worked numbers, F claims with a figure or a date, C concepts, T tables, and by their place
A analogies (1.5), M misconceptions (6.1), E errors and clashes (6.2). Tests read nothing outside of the repository, so
what a row says is told here in short.
"""

# ruff: noqa: E501  # one row a line, so that a missing one is seen

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class On:
    """These words stand on this page, as a reader sees it: at its defaults, after a preset, or in a fold."""

    page: str  # name of the lesson
    words: tuple[str, ...]


@dataclass(frozen=True)
class Pinned:
    """This test holds the row, and these words or numbers stand in it."""

    test: str  # file::function
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """The glossary has these words."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Corrected:
    """The corrections panel names what is printed."""

    articles: str
    printed: str


@dataclass(frozen=True)
class Nowhere:
    """Left out on purpose."""

    why: str


Home = On | Pinned | Terms | Corrected | Nowhere


@dataclass(frozen=True)
class Row:
    """One row of the list."""

    says: str
    homes: tuple[Home, ...]
    breaks: tuple[On, ...] = ()  # of an analogy: where it breaks


def on(page: str, *words: str) -> On:
    """Short for `On`."""
    return On(page, words)


def pinned(test: str, *holds: str) -> Pinned:
    """Short for `Pinned`."""
    return Pinned(f"tests/{test}", holds)


def row(says: str, *homes: Home, breaks: tuple[On, ...] = ()) -> Row:
    """Short for `Row`."""
    return Row(says, homes, breaks)


KNN, LOSS, DESCENT, CNN = "knn_vs_softmax", "loss_functions", "gradient_descent", "cnn_filters"
MLP, TRANSFER, LIVE, READ = "mlp_builder", "transfer_learning", "live_classifier", "interpretability"

NUMBERS = {
    "N1": row(
        "train scores 48.4; car and ship rows are ours; wrong and certain costs 27.5",
        on(KNN, "train 48.4, car 36.5, ship 64.0", "over 99.99 %", "a loss of 27.5", "the car and ship rows are ours"),
        pinned("test_pixel_question.py::test_each_step_has_its_own_sentence_and_the_last_is_the_verdict", "48.4"),
        pinned("test_pixel_example.py::test_wrong_and_certain", "0.99999983", "27.5"),
    ),
    "N2": row(
        "three scores cost 1.04, not 0.45",
        on(LOSS, "a loss of 0.45 for CS231n’s three scores. That is base 10; the natural log gives 1.04"),
        pinned("test_log_bases.py::test_cs231n_scores_give_1_04_and_not_the_0_45_of_an_article", "1.04", "0.45"),
        Corrected("A", "a loss of 0.45"),
    ),
    "N3": row(
        "hinge 1.58 on the same scores; the two do not compare",
        on(LOSS, "Hinge 1.58 and cross-entropy 1.04 do not compare"),
        pinned("offline/test_random_search_offline.py::test_the_hinge_loss_of_the_course_notes", "1.58"),
    ),
    "N4": row(
        "hot dog at 78 %: 0.2485 by ln, 0.1079 by log 10, 0.3585 by log 2",
        on(LOSS, "By the natural log, 78 % for the truth costs 0.2485", "log of base 2 0.3585", "An article prints 0.1079: that is base 10"),
        pinned("test_log_bases.py::test_the_hot_dogs_loss_by_every_log", "0.2485", "0.3585", "0.1079"),
        Corrected("E", "one hot dog"),
    ),
    "N5": row(
        "poorer model 1.0498; 4.23 times in any base; mean 0.649",
        on(LOSS, "35 % costs 1.0498, on average 0.649", "By every log the poorer model costs 4.23 times as much"),
        pinned("test_log_bases.py::test_the_poorer_model_costs_4_23_times_as_much_by_every_log", "4.2253", "0.649"),
    ),
    "N6": row(
        "PARKING of person A: −40.5, then 0",
        on("neurons", "PARKING −40.5", "ReLU turns both into 0"),
        pinned("test_driving_test.py::test_person_a_has_both_sums_below_zero", "-40.5"),
    ),
    "N7": row(
        "PARKING of person B: 150, not 150.5",
        on("neurons", "PARKING 150 and ROAD 180", "printed with 150.5, 179.5 and 95.22 %. Its own weights give 150, 180 and 95.26 %"),
        pinned("test_driving_test.py::test_the_printed_numbers_come_from_coding_female_as_minus_one", "150.5", "179.5"),
        Corrected("E", "driving test"),
    ),
    "N8": row(
        "ROAD of person A: −39.5, then 0",
        on("neurons", "ROAD −39.5"),
        pinned("test_driving_test.py::test_person_a_has_both_sums_below_zero", "-39.5"),
    ),
    "N9": row(
        "ROAD of person B: 180, not 179.5",
        on("neurons", "PARKING 150 and ROAD 180"),
        pinned("test_driving_test.py::test_person_b_passes_with_the_corrected_sums", "180"),
        Corrected("E", "driving test"),
    ),
    "N10": row(
        "PASS of person A: 4.74 %",
        on("neurons", "the network gives 4.74 %"),
        pinned("test_driving_test.py::test_person_a_has_both_sums_below_zero", "4.743 %"),
    ),
    "N11": row(
        "PASS of person B: 95.26 %; A needs 32 lessons; sex hardly matters to B",
        on("neurons", "the network gives 95.26 %", "it takes 32 lessons to reach 50 %", "the network gives 50.19 %", "Entered as male, the same person gets 95.29 %"),
        pinned("test_driving_test.py::test_the_what_ifs_of_the_sources", "50.2 %"),
        Corrected("E", "driving test"),
    ),
    "N12": row(
        "224 × 224 has 50,176 pixels: 50.18 M or, in colour, 150.5 M weights; a convolution 1,792",
        on(CNN, "That picture has 50,176 pixels; 65,536 belong to 256 by 256", "50.2 million numbers to learn (201 MB)", "150.5 million numbers to learn (602 MB)", "1,792, 84,000 times fewer, at any picture size"),
        pinned("test_layer_parameters.py::test_the_articles_picture_has_50_176_pixels_and_50_million_weights", "50_176_000"),
        pinned("test_layer_parameters.py::test_in_colour_it_is_three_times_as_much", "1_792"),
        Corrected("C", "224 by 224"),
    ),
    "N13": row(
        "a sigmoid's slope is at most 1/4; 0.0066 at 5; 9.8e-4, 9.5e-7, 9.1e-13 through 5, 10, 20 layers",
        on("neurons", "A sigmoid's slope is never above 0.25", "20 slopes alone leave 1 part in 1.1 trillion at best", "Sigmoid lets 0.66 % of a hint through"),
        pinned("test_activations.py::test_a_quarter_times_itself_soon_leaves_nothing", "9.8e-4", "9.5e-7", "9.1e-13"),
        pinned("test_activations.py::test_the_sigmoids_slope_is_a_quarter_in_the_middle_and_almost_nothing_far_out", "0.0066"),
    ),
    "N14": row(
        "cheese festival: good weather alone goes, bad weather stays; threshold 3 changes one case",
        on("neurons", "0 + 2 + 2 = 4 is not over the threshold of 5", "These weights say go in 4 of 8 cases: in good weather", "go in 5 of 8 cases: in good weather, or with both others"),
        pinned("test_perceptron.py::test_the_festivals_eight_cases_come_out_as_published", "6 > 5"),
        pinned("test_perceptron.py::test_a_threshold_of_3_changes_one_case", "3"),
    ),
    "N15": row(
        "AND, OR, NAND weights; XOR from four NANDs; one neuron cannot",
        on("neurons", "For NAND we use −2, −2 and a bias of 3, and checked all four cases", "Four NAND neurons do XOR", "No single neuron can, whatever its weights"),
        pinned("test_logic_gates.py::test_three_gates_are_one_neuron_each_with_the_published_weights", "−1.5", "−0.5"),
        pinned("test_logic_gates.py::test_four_nands_make_xor_with_these_values_on_the_way"),
    ),
    "N16": row(
        "a 4 with 10 %, seen as a 9 with 60 %: 2.303, or 0.511 if it were a 9; one nudge",
        on(DESCENT, "10 % for the 4, 60 % for the 9. Such shares cost 2.303, as much as blind guessing among ten; were it a 9, 0.511", "1 nudge lifts this 4"),
        pinned("test_one_nudge.py::test_the_articles_shares_cost_what_it_says", "2.302585", "0.510826"),
    ),
    "N17": row(
        "rate from 0.1 to 0.0001: three factors of 10, for plain descent; Adam 0.001; a tutorial 1e-4, then 1e-5",
        on(DESCENT, "A fall from 0.1 to 0.0001 is an example for plain descent; Adam, another method, often starts at 0.001", "by 3 factors of 10", "One TensorFlow tutorial starts at 0.0001 and then takes a tenth of it"),
        pinned("test_rate_schedules.py::test_from_a_tenth_to_a_ten_thousandth_are_three_factors_of_ten", "10 · 10 · 10"),
    ),
    "N18": row(
        "house price: −3,000, learned −9,207.6; blanks in a template, no start number",
        on("start", "Three numbers and no start number price a house of 100 m², 2 storeys, 500 m from school at −3,000. With learned numbers it is −9,207.6", "So the house rule cannot be a price"),
        pinned("start/test_recipe.py::test_the_article_s_house_has_a_negative_price", "9207.6"),
        Corrected("E", "a house price"),
    ),
    "N19": row(
        "softmax of −4 and 5.2: 0.0001 and 0.9999; shares add up; 0.8, 0.1, 0.1 means class 1, −ln 0.8 = 0.223",
        on(LOSS, "−4 and 5.2 are neither positive nor do they sum to one", "They add up to 100 %"),
        on(MLP, "0.8, 0.1 and 0.1 mean the first"),
        pinned("test_softmax_temperature.py::test_minus_4_and_5_2_become_shares", "0.0001", "0.9999"),
        pinned("test_course_rows.py::test_eighty_percent_for_the_truth_cost_0_223", "0.223"),
    ),
    "N20": row(
        "Yelp stars 1 to 5 against 3.71: classification or regression",
        on("start", "a review’s stars, 1 to 5", "classification picks 4 stars, regression says 3.71"),
        pinned("start/test_asks.py::test_the_article_s_review_is_four_stars_or_3_71", "3.71"),
    ),
    "N21": row(
        "guessing 10 %, random search 15.5 %",
        on(DESCENT, "CS231n printed 15.5 %; guessing gets 10 %", "An article puts random search at about 10 %. CS231n measured 15.5 %"),
        pinned("test_random_search.py::test_the_published_figure_and_ours_are_more_than_guessing_and_little_more", "15.5 %"),
        Corrected("A", "random search"),
    ),
    "N22": row(
        "with two classes an even k can tie 3 to 3; odd k at the start; how ties break",
        on(KNN, "With two classes and an even k, votes can tie. We draw ties white and say how they break", "A tie goes to the class whose voters lie nearest in sum; with two classes an odd", "4 of 5 neighbours say green"),
        pinned("test_nearest_neighbours.py::test_six_neighbours_of_two_classes_can_tie_three_to_three", "6"),
        Corrected("A", "k = 6"),
    ),
    "N23": row(
        "f = x·e^−(x²+y²), an optional 3-D surface",
        Nowhere("The list calls it optional. Our maps are flat and have two valleys, a saddle and a plateau instead."),
    ),
    "N24": row(
        "linear regression by hand, three steps: (1, 0.5), (1.5, 0.75), (1.75, 0.875), loss to 0.195",
        on(DESCENT, "New w: 1.5 − 0.1 × (−2.5) = 1.75; new b: 0.875; the loss falls from 0.78125 to 0.19531"),
        pinned("test_three_steps.py::test_three_steps_by_hand_give_the_articles_numbers", "0.875", "0.195"),
    ),
    "N25": row(
        "squared against absolute loss on one outlier",
        on(LOSS, "Squared loss bends for one strange wine", "counts a square on each miss", "It pulls the squared line 1.0 points its way, the Huber line 0.3 points, the absolute line not at all"),
    ),
    "N26": row(
        "rates 0.01, 0.1, 0.5, 1.0, 1.1 on x²: 6.68, 0.115, 0, bounces, 383 after 20 steps",
        on(DESCENT, "At a rate of 0.01, 25 steps are not enough", "At a rate of 1 each step jumps across the floor", "Each step overshoots by 1.2×"),
        pinned("test_gradient_descent.py::test_twenty_steps_on_the_parabola_end_where_the_worked_example_says", "6.68", "0.115", "383"),
    ),
    "N27": row(
        "a pixel is 3 numbers from 0 to 255; 32 × 32 × 3 = 3,072",
        on(CNN, "three numbers from 0 to 255: red, green and blue. So a photo of 32 by 32 is 3,072 numbers"),
    ),
    "N28": row(
        "the cooking recipe, an analogy",
        on("start", "A recipe is a program that people wrote in full", "A template has blanks: people choose its shape, and data fill the numbers"),
    ),
}  # fmt: skip

CLAIMS = {
    "F1": row(
        "38.6 %, one neighbour, L1, CS231n; no study",
        on(KNN, "An article calls 38 % a study’s finding for kNN on CIFAR-10. It stands in CS231n’s lecture notes: 38.6 % for L1 and 35.4 % for L2, with one neighbour"),
        pinned("test_corrections.py::test_published_and_own_shares_are_those_of_the_committed_runs", "38.6 %", "35.4 %"),
        Corrected("A", "from a study"),
    ),
    "F2": row(
        "about 94 %, one person's test in 2011; best about 99.5 %; about 0.5 % of the labels are wrong",
        on(KNN, "An article gives people 94 %. That is one person’s test in 2011; a network of 2021 got 99.5 %", "About 0.5 % of that test’s own labels are wrong", "ViT-H/14, Dosovitskiy et al., 2021"),
        Corrected("A", "for people"),
    ),
    "F3": row("guessing on ten classes gets 10 %", on(DESCENT, "guessing gets 10 %"), Corrected("A", "random search")),
    "F4": row(
        "solved on benchmarks, not in your warehouse",
        on(KNN, "An article says that naming photos is not solved. By now it is, on tests such as this one; in your warehouse it is not"),
        Corrected("A", "not solved"),
    ),
    "F5": row("a quotation of Fei-Fei Li and her post of then", Nowhere("The quotation was not found, and the post is years old.")),
    "F6": row("McCulloch and Pitts, 1943", on("start", "McCulloch and Pitts drew a neuron in 1943")),
    "F7": row(
        "winters in the 1970s and around 1990",
        on("start", "Hopes ran ahead twice, and money left: in the 1970s and around 1990", "“AI winters in the 70s and the 2000s”: the usual dates are the 1970s and around 1990"),
        pinned("start/test_circles.py::test_three_dates_with_the_winters_in_the_1970s_and_around_1990", "1970s"),
        Corrected("B", "two winters"),
    ),
    "F8": row(
        "deep means several hidden layers; no fixed cut-off",
        on("start", "No cut-off is fixed: deep means several hidden layers"),
        Corrected("B", "three hidden layers"),
    ),
    "F9": row(
        "perceptron in the 1950s and 1960s, today ReLU: right for hidden layers",
        on("neurons", "An article puts perceptrons in the 1950s and 1960s and ReLU in today’s networks. That is right for hidden layers"),
    ),
    "F10": row(
        "sigmoids: rare in hidden layers, standard at yes or no outputs",
        on("neurons", "An article says that modern networks hardly ever hold a sigmoid. That is true inside; at yes or no outputs it is standard"),
        Corrected("C", "hardly ever hold a sigmoid"),
    ),
    "F11": row("which firms use deep learning", Nowhere("A list of firms from 2014; the list says to drop it.")),
    "F12": row(
        "learning rate as the single most important number: attribute it",
        on(DESCENT, "An article calls the learning rate the single most important number. That is its author’s view, and many share it"),
        Corrected("D", "single most important"),
    ),
    "F13": row(
        "successes of deep learning: one line, dated",
        on("start", "By 2019 deep networks translated text, helped to read X-rays, and beat champions at Go and Dota"),
    ),
    "F14": row(
        "a sigmoid's largest slope is 1/4",
        on("neurons", "Even at its best, a sigmoid passes back a quarter"),
        pinned("test_activations.py::test_the_sigmoids_slope_is_a_quarter_in_the_middle_and_almost_nothing_far_out", "1/4"),
    ),
}  # fmt: skip

START_TO_DESCENT = {
    "C01": row("every company has data; talk with engineers", on("start", "Every company has data; you decide what becomes of it, with engineers and without code")),
    "C02": row(
        "supervised or not; three piles; the test pile opened once",
        on("start", "In supervised learning each example has its answer, a label; without labels a model can only group", "learn on one, choose on the next, report from the last. Open the test pile once"),
    ),
    "C03": row("a recipe or a template with blanks, filled live", on("start", "A template has blanks", "Write numbers into the blanks yourself; then let data do it", "You choose the template; data fill the blanks")),
    "C04": row("two steps, and both are needed", on("start", "this is all of machine learning in two steps. People choose a template. Data fill its blanks", "It is bread without flour")),
    "C05": row(
        "pairs of input and output: car, X-ray, call, English to French",
        on("start", "is there a car in the photo; does an X-ray need a second look", "a support call, rated 1 to 10", "English to French", "Say what goes in and what should come out, and the task has a name"),
        pinned("start/test_asks.py::test_the_article_s_four_pairs_have_their_names"),
    ),
    "C06": row("learning when nobody knows the formula; else a rule", on("start", "nobody can write the formula down", "where a rule will do, write the rule")),
    "C07": row("classification or regression", on("start", "Asked for a name, it says four stars. Asked for a number, it says the mean", "regression says 3.71")),
    "C08": row("AI, machine learning, deep learning; a network is template or trained model", on("start", "Deep learning is part of machine learning, and that is part of AI", "People say neural network for the empty template and for the trained model")),
    "C09": row("history in three dates", on("start", "1943: a neuron on paper. 1970s, around 1990: two winters. 2012: labels, chips, ideas")),
    "C10": row("wrong features, wrong problem; CRISP-DM; ask experts", on("start", "The number of pet shops nearby hardly prices a house", "Ask those who know the work first. CRISP-DM", "Learning cannot save a template with the wrong clues")),
    "C11": row("networks, for and against", on(MLP, "For a neural network", "Against it"), on("decide", "A neural net for photos, sound or text")),
    "C12": row("learn from many pairs, from random numbers on", on("start", "each example has its answer, a label", "A network starts from random numbers and gets there step by step")),
    "C13": row("a picture is numbers; easy for people, hard for machines; one label of a fixed set", on(KNN, "A photo is a list of colour values from 0 to 255", "the computer sees no cat"), on(LIVE, "It had to choose one of 200 names")),
    "C14": row("distance by L1 and L2; near in pixels, far in meaning", on(KNN, "L1 averages how many steps two lists differ", "L2 squares each difference first", "Near in pixels is not near in meaning")),
    "C15": row("nearest neighbour", on(KNN, "Asked for one neighbour, kNN picks the blank square")),
    "C16": row("k nearest, majority vote, less sensitive to noise", on(KNN, "The answer is the class with the most votes", "makes one strange point count less", "4 of 5 neighbours say green")),
    "C17": row("a hyper-parameter, chosen on the validation pile, never on the test pile", on(KNN, "a hyper-parameter: a setting that you choose and training does not", "The test pile was opened once, at the end", "Then the test score is a practice score")),
    "C18": row("kNN: no training, readable, slow in use, stores all", on(KNN, "Store the examples. No training.", "Compare with every example.", "Show the nearest examples.")),
    "C19": row("pay in training, be light in use, throw the data away", on(KNN, "Pay once at training, or pay at every request", "Training pays for itself after 2,000 answers", "the points were thrown away")),
    "C20": row("scores Wx + b; W is a matrix", on(KNN, "Each class adds up weight times pixel", "is a matrix")),
    "C21": row(
        "softmax, four promises, a smooth argmax",
        on(LOSS, "−4 and 5.2 are neither positive nor do they sum to one", "Every share is above zero", "They add up to 100 %", "The order stays", "Only gaps count", "Softmax is a smooth argmax"),
        pinned("test_softmax_temperature.py::test_softmax_keeps_its_four_promises"),
    ),
    "C22": row("a linear model's limit, why networks", on(KNN, "Groups no straight line can part", "Our softmax draws straight borders. A deep network bends them")),
    "C23": row("loss, cost, objective: how far from the truth", on(LOSS, "Articles say loss, cost or objective. All three mean how far an answer is from the truth")),
    "C24": row("cross-entropy, log loss, softmax loss", on(LOSS, "Cross-entropy, log loss and softmax loss are one thing: minus the natural log of the right answer’s share", "Cross-entropy is minus the log of what the right answer got")),
    "C25": row("total loss is the average", on(LOSS, "The total loss is the average over all examples")),
    "C26": row("squared and absolute loss; why worse for classes", on(LOSS, "One odd value bends it", "With a sigmoid, squared loss hardly pushes an answer that is sure and wrong")),
    "C27": row("hinge loss", on(LOSS, "Hinge charges 5.6 times its own", "Hinge 1.58")),
    "C28": row("log loss for yes or no", on(LOSS, "For yes or no, sigmoid with log loss is the usual pair")),
    "C29": row("overfitting and generalisation", on(LOSS, "keeps it from learning them by heart (overfitting), so that it does well on unseen wines (generalisation)", "that gap is memorising")),
    "C30": row(
        "regularisation: λ, L1 lasso, L2 ridge, bias left out; 0.55 and 1.325",
        on(LOSS, "L1, or lasso", "L2, or ridge", "The bias is left out", "L1 adds 0.55 and L2 adds 1.325"),
        pinned("test_penalised_fit.py::test_the_article_s_three_weights", "0.55", "1.325"),
    ),
    "C31": row("low training loss is not the goal", on(LOSS, "Low training loss is a means. Only cases it never saw can tell")),
    "C32": row("derivative: sensitivity and direction", on(DESCENT, "A slope says how much the loss grows when one number grows a little", "one slope (a derivative) for each number")),
    "C33": row("gradient: one slope a number, uphill", on(DESCENT, "holds one slope (a derivative) for each number and points uphill, so the step goes against it")),
    "C34": row("convex or not, two landscapes", on(DESCENT, "Convex. A bowl-shaped loss has no floor but the lowest; it may be flat", "rests in a valley, but not in the deepest")),
    "C35": row("valley and ball, level sets", on(DESCENT, "Each line on the map joins places of one height", "training is a walk downhill in fog")),
    "C36": row("random search as the bad idea", on(DESCENT, "Guessing weights looks often and learns nothing")),
    "C37": row("new = old − rate × gradient", on(DESCENT, "New number = old number minus rate times slope", "New w: 1.5 − 0.1 × (−2.5) = 1.75")),
    "C38": row("rate too small, right, too big; tuned on validation; annealing", on(DESCENT, "At a rate of 0.01, 25 steps are not enough", "At a rate of 0.3 the walk is down", "Each step overshoots by 1.2×", "judged on the validation pile", "Annealing. Another name for a learning rate that falls during training")),
    "C39": row("local and global minimum, saddle", on(DESCENT, "rests in a valley, but not in the deepest", "A valley, a saddle or a plateau all have no slope")),
    "C40": row(
        "full batch, mini-batch, one example, epoch: 1, 1,875 or 60,000 updates",
        on(DESCENT, "A pass is also called an epoch. Over 60,000 images it makes 1 update with a full batch, 1,875 with batches of 32, and 60,000 one by one"),
        pinned("test_batch_sizes.py::test_an_epoch_of_mnist_has_the_published_number_of_updates", "1_875"),
    ),
    "C41": row("a mini-batch's gradient is an estimate", on(DESCENT, "A mini-batch is a batch of some examples, not all, so its gradient is an estimate", "Four times the batch only halves the noise")),
    "C42": row("vectorisation", on(DESCENT, "engineers say vectorised: many numbers at once", "Many numbers at once cost far less time")),
    "C43": row("a formula for linear regression, none for logistic", on(DESCENT, "Linear regression has an exact answer", "Logistic regression has none")),
    "C44": row("repeat: thousands of nudges", on(DESCENT, "Learning is a small nudge, many times over", "training takes thousands of small nudges")),
}  # fmt: skip

NEURONS_TO_END = {
    "C45": row("artificial neuron, dendrites, threshold, fire: loosely inspired", on("neurons", "The brain is a loose inspiration: dendrites, synapses and firing lent their names")),
    "C46": row("perceptron: weighted sum and threshold; other weights, other decision", on("neurons", "Three facts count, each with a weight, and the sum must be over a threshold", "go in 5 of 8 cases")),
    "C47": row(
        "AND, OR, NAND; NAND is universal; XOR fails with one",
        on("neurons", "AND wants both, OR at least one, NAND not both, XOR exactly one", "NANDs alone any circuit", "No line does XOR, so one neuron cannot"),
        pinned("test_logic_gates.py::test_every_gate_can_be_built_from_nands"),
    ),
    "C48": row("a yes or no question; one straight line", on("neurons", "One neuron is one straight line", "a neuron with two inputs draws a straight line, yes on one side, no on the other")),
    "C49": row(
        "logistic neuron: sigmoid, then your threshold; 0.73, 0.27, 0.99, 0.007",
        on("neurons", "A sigmoid says how sure, and you set the bar", "Good weather alone gets 73 %, both others in bad weather 27 %", "the page on deciding prices both mistakes"),
        pinned("test_logistic_neuron.py::test_the_festival_as_shares_gives_the_published_ones", "0.731", "0.269", "0.993", "0.0067"),
    ),
    "C50": row("a step makes training jumpy", on("neurons", "A threshold function jumps, so a tiny change of weights shows nothing or everything, and training gets no hint")),
    "C51": row("sigmoid, tanh, ReLU", on("neurons", "Sigmoid lets 0.66 % of a hint through, tanh 0.018 %, ReLU all of it")),
    "C52": row("linear of linear stays linear", on("neurons", "Depth alone bends nothing; activations do", "A line of a line is a line")),
    "C53": row(
        "layers, MLP, fully connected; 784-30-10 has 23,860 numbers",
        on(MLP, "What one layer says is what the next one reads", "fully connected", "23,860"),
        pinned("mlp/test_plan.py::test_parameters_are_counted_and_cut_as_they_lie", "23,860"),
    ),
    "C54": row("later layers decide on earlier decisions; multiplication circuit", on("neurons", "Later neurons decide on what earlier ones said", "even one that multiplies")),
    "C55": row("one output layer, a neuron per class, the highest wins", on(MLP, "The output layer has one neuron for each class, and the largest share wins: 0.8, 0.1 and 0.1 mean the first")),
    "C56": row("the driving test as a network", on("neurons", "A toy network rates a driving test from three inputs")),
    "C57": row("forward, cost, backward, update", on("neurons", "Forward, backward, update: one round of learning", "Forward first, then backward, then the update, then forward again")),
    "C58": row(
        "backpropagation: the chain rule, last layer first; forward values kept",
        on("neurons", "find the slope for every weight, from the last layer back to the first. Each slope is the one behind it times a number kept from forward propagation"),
        pinned("test_backpropagation.py::test_the_whole_round_by_hand"),
    ),
    "C59": row("vanishing and exploding; early layers starve", on("neurons", "The layers next to the input starve", "above one, it explodes", "Sigmoid everywhere, or nobody knows")),
    "C60": row("design choices: layers, neurons, activation, optimiser, rate", on(MLP, "Layers, neurons, activation, optimiser, rate and batch are logged with each run")),
    "C61": row("stretch pants: start big, rein in", on(MLP, "Some teams start too big and rein it in, like stretch pants with a belt. The belt is a penalty, dropout or an early stop")),
    "C62": row("flexible approximators: can represent is not will learn", on(MLP, "“Can represent” is not “will learn”")),
    "C63": row("RGB, a matrix a colour", on(CNN, "three tables of numbers from 0 to 255: red, green and blue")),
    "C64": row("too many weights if fully connected; learned by heart", on(CNN, "each unit has its own number for every pixel and colour", "What falls is memory, and the room to learn photos by heart")),
    "C65": row(
        "a sliding filter: 0, 30, 30, 0; learned, not hand-made",
        on(CNN, "its left side adds 30 and its right side takes away 0, which makes 30", "People set these weights; a network learns its own"),
        pinned("test_convolution.py::test_the_six_by_six_demonstration", "0.0, 30.0, 30.0, 0.0"),
    ),
    "C66": row(
        "pooling shrinks, one of four kept",
        on(CNN, "Pooling keeps one number of each window and has no weights", "the largest of 4 numbers is 10"),
        pinned("test_convolution.py::test_pooling_two_by_two_keeps_one_of_four"),
    ),
    "C67": row("edges, shapes, objects: might", on(CNN, "Early maps might answer to edges, later ones to larger shapes, the last ones to parts of things")),
    "C68": row("volumes of numbers through the layers", on(CNN, "The 12,288 numbers of the middle square become 98,304 after the first filters, then 320", "A photo becomes maps, and maps become scores")),
    "C69": row("name, box, outline, generation on one photo; label cost", on(CNN, "One network, trained on names alone, gives four answers", "such as bone against soft tissue in a scan", "The more exact the answer, the dearer the label", "image generators are another kind of network")),
    "C70": row("a trained network, a new last layer; frozen and trained counts", on(TRANSFER, "Borrow a trained network and teach only its last layer", "1,284 numbers are trained, 5.6 million stay as they are", "Frozen numbers are taken over and stay as they are")),
    "C71": row("better than from scratch with few photos; four cases", on(TRANSFER, "With few photos, borrow a network before you train one", "Two questions then make four cases: near or far, few pictures or many?")),
    "C72": row("readable models against networks on the same case", on(READ, "Each model tells in its own way what moved its answer", "the 25 nearest cases", "one weight a column", "every weight at once")),
    "C73": row("hidden neurons have no given meaning; rename one", on("neurons", "Hidden neurons have no given meaning", "Rename PARKING as you like, and no number changes")),
    "C74": row("loans and admissions: transparency and law", on(READ, "Access to education, hiring and credit checks count as high-risk", "A lender must give the specific main reasons for a refusal", "This is not legal advice: ask counsel. Checked 20 Nov 2026")),
    "C75": row(
        "bag of words, counted live; order lost",
        on("language", "No data can bring back an order that it never sees", "cannot tell the two apart"),
        pinned("language/test_bag.py::test_the_two_sentences_of_the_course_have_one_bag", "bites"),
    ),
    "C76": row("embeddings; Word2Vec, GloVe; near words; one word, one meaning", on("language", "Words of like use lie near", "One word, one place, whatever it means here"), Terms(("embedding", "word2vec", "GloVe"))),
    "C77": row("recurrent networks, memory step by step, long range", on("language", "A memory fades with distance; attention looks straight back", "Each step waits for the last")),
    "C78": row("positional encoding", on("language", "A positional encoding is a row of numbers for a place, added to its word")),
    "C79": row(
        "attention, Transformers, GPT, Claude: eases, does not remove",
        on("language", "It eases it, at a price", "many heads, layer upon layer, make a Transformer (2017)", "GPT (2018) is a Transformer that only looks back", "when it trains Claude"),
        on("neurons", "long texts moved to attention, which looks back directly and pays with computing", "shortcuts past layers"),
    ),
    "C80": row("one label of a fixed list, scored; not in the list", on(LIVE, "It had to choose one of 200 names", "It knows 200 things and nothing else. It looks for one of them in every photo")),
    "C81": row(
        "the 27 terms of article B",
        Terms((
            "neural network", "deep neural network", "deep learning", "perceptron", "threshold function", "logistic regression",
            "activation function", "forward propagation", "backpropagation", "gradient descent", "vectorisation",
            "stochastic gradient descent", "batch", "mini-batch", "vanishing gradient", "RNN", "long-range dependencies", "MLP",
            "fully connected layer", "transfer learning", "CNN", "convolutional layer", "pooling layer", "NLP", "Transformer",
            "positional encoding", "attention",
        )),
    ),
    "C82": row(
        "terms of the others",
        Terms((
            "feature", "label", "weight", "bias", "parameter", "hyper-parameter", "epoch", "learning rate", "lasso", "ridge",
            "overfitting", "generalisation", "softmax", "sigmoid", "tanh", "ReLU", "score", "logit", "embedding", "bag of words", "convex",
            "minimum", "saddle", "calibration", "threshold", "precision", "recall", "confusion matrix", "base rate", "drift",
            "baseline", "fine-tune", "inference", "latency",
        )),
    ),
}  # fmt: skip

TABLES = {
    "T1": row("kNN, for and against: rare on raw pixels, everywhere on features", on(KNN, "Many examples; raw pixels of real photos.", "Only on raw pixels. On learned features it is everywhere", "On these digits kNN is right more often than softmax")),
    "T2": row(
        "three ways to batch, corrected",
        on(DESCENT, "An article speaks of convex losses with many dips. A loss with many dips is not convex", "In practice they learn in mini-batches", "Read in parts it works too, only slower", "Inside one example it can, across examples it cannot", "It learns more from each example seen, but its pass takes longest", "in a non-convex loss it can stay in one of many dips"),
    ),
    "T3": row("names of the three ways", on(DESCENT, "“SGD” means one example in some articles and a mini-batch in others. We say one example, mini-batch or full batch")),
    "T4": row("networks, for and against, with labels, silence, sureness and tables", on(MLP, "Needs many labels; learns few rows by heart", "Fails in silence on data unlike its own", "its shares are often too sure", "On tables of data, boosted trees usually win"), on("decide", "New data makes it fail in silence, and few can read why")),
    "T5": row("L1 and L2 name three things", on(KNN, "“L1” and “L2” name three different things: distances here, losses and penalties elsewhere"), Terms(("L1", "L2"))),
    "T6": row("step, sigmoid, tanh, ReLU; softmax as output only", on("neurons", "Output only: one of several classes", "Outputs: yes or no, several labels", "Inside most networks")),
}  # fmt: skip

ANALOGIES = {
    "A1": row(
        "recipe and template with blanks",
        on("start", "A recipe is a program that people wrote in full", "A template has blanks"),
        breaks=(on("start", "No one tastes this bread: a score decides, so bad data make a bad loaf"),),
    ),
    "A2": row("bread without flour (the list gives no break)", on("start", "It is bread without flour")),
    "A3": row("house price formula", on("start", "A template can be too poor"), breaks=(on("start", "no start number price a house of 100 m², 2 storeys, 500 m from school at −3,000"),)),
    "A4": row("sandwich of layers", on(MLP, "Layers are no sandwich"), breaks=(on(MLP, "their order counts, and a change in one changes all that follow"),)),
    "A5": row(
        "valley and ball",
        on(DESCENT, "A ball that rolls has speed, and friction stops it"),
        breaks=(on(DESCENT, "Plain gradient descent has neither", "A network moves millions, and its surface cannot be drawn"),),
    ),
    "A6": row("brain, dendrites, firing, synapses", on("neurons", "dendrites, synapses and firing lent their names"), breaks=(on("neurons", "A nerve cell does far more than multiply and add"),)),
    "A7": row("cheese festival, with “your partner”", on("neurons", "will you go to the cheese festival?", "your partner comes"), breaks=(on("neurons", "We set the festival’s weights by hand. A real network learns its own from examples"),)),
    "A8": row("logic gates, multiplication circuit", on("neurons", "Four NANDs can build XOR, and NANDs alone any circuit, even one that multiplies"), breaks=(on("neurons", "That does not say that training finds them"),)),
    "A9": row("stretch pants", on(MLP, "like stretch pants with a belt. The belt is a penalty, dropout or an early stop"), breaks=(on(MLP, "A network must fit rows that nobody has seen; without the belt a big one learns by heart"),)),
    "A10": row(
        "driving test",
        on("neurons", "A toy network rates a driving test from three inputs"),
        breaks=(on("neurons", "have no such names", "The driving test takes age and sex because the article does. Many decisions must not"), on(READ, "Hiding the group leaves about half of the gap")),
    ),
    "A11": row("hot dog or not", on(LOSS, "Hot dog or not is a question with two answers"), breaks=(on(LOSS, "Most products have more, and each mistake has its own price"),)),
    "A12": row("a 4 seen as a 9 (the list gives no break)", on(DESCENT, "a young model takes this 4 for a 9")),
    "A13": row("pet shops and house price (the list gives no break)", on("start", "The number of pet shops nearby hardly prices a house")),
    "A14": row(
        "cat whiskers; bone and tissue; flowers",
        on(CNN, "A filter lights up on a cat’s whiskers. What do you know?", "bone against soft tissue in a scan"),
        breaks=(on(CNN, "It might. It may answer to any thin bright line. One photo cannot tell", "A name for a filter is a guess"),),
    ),
    "A15": row("train, car and ship with four pixels (the list gives no break)", on(KNN, "Four pixels, four weights for each class, a bias, and out come three scores")),
    "A16": row("the star among coloured points", on(KNN, "At the star, 4 of 5 neighbours say green"), breaks=(on(KNN, "With two classes and an even k, votes can tie"),)),
}  # fmt: skip
NO_BREAK = ("A2", "A12", "A13", "A15")  # the list gives none

MISCONCEPTIONS = {
    "M1": row(
        "softmax is not more accurate than kNN, but cheaper to use",
        on(KNN, "On 539 unseen digits kNN wins: 536 right, softmax 521. But kNN keeps all 898 digits and takes 90 times as many steps", "Not always. It depends on the data", "On photos, one neighbour is right 38 % of the time, softmax 41 %"),
    ),
    "M2": row("kNN is not obsolete", on(KNN, "Search, face matching and “more like this” rest on nearest neighbours over learned features")),
    "M3": row("90 % by softmax is not 9 in 10", on(LOSS, "Only if somebody counted. A model can be too sure or too timid", "Nobody knows until it is counted on unseen cases"), on(LIVE, "Only if somebody counted on photos like yours. Networks are often too sure of themselves")),
    "M4": row("it does not know that it does not know", on(LIVE, "It picks from its list, whatever you show", "No drawn digit is on its list, yet your bar answers 296 of 400")),
    "M5": row("gradient descent need not find the global minimum", on(DESCENT, "Only on a bowl, with a fitting rate. Elsewhere it stops wherever the ground is level")),
    "M6": row("local minima are not the main danger", on(DESCENT, "Local valleys look like the main danger on a map. In large networks flat spots and saddles matter more")),
    "M7": row("plain descent has no momentum", on(DESCENT, "Plain gradient descent has neither; only momentum adds some speed")),
    "M8": row("lower training loss is no better product", on(LOSS, "Look at unseen cases, and at what users see", "The training loss falls to 0.0090, and that is not the goal")),
    "M9": row("backpropagation is not learning", on("neurons", "It moves no weight; that is the optimiser's part"), on(DESCENT, "It computes the slopes; the optimiser takes the step")),
    "M10": row("the early layers starve", on("neurons", "The layers next to the input starve", "It is the early ones, next to the input"), pinned("test_gradient_by_layer.py::test_the_early_layers_starve_and_not_the_late_ones")),
    "M11": row("sigmoid is alive on outputs", on("neurons", "At the output it is alive, wherever the answer is yes or no")),
    "M12": row("cross-entropy without softmax", on(LOSS, "An article says sigmoids cannot go with cross-entropy. For yes or no they do: that pair is log loss"), on("neurons", "Outputs: yes or no, several labels")),
    "M13": row("deeper is not better; one layer does not suffice", on(MLP, "A fitting network exists; training may miss it", "Deeper ones can also memorise or fail to train")),
    "M14": row("a neuron does not detect whiskers", on("neurons", "Sometimes one matches an idea; mostly it mixes several"), on(CNN, "It answers to something in that patch", "It might. It may answer to any thin bright line")),
    "M15": row("heat maps show where, not why; some fail checks", on(LIVE, "A map shows where, not why", "If a network with random weights gives the same map, the map says little")),
    "M16": row("readable need not mean less accurate: measured", on(READ, "Readable costs nothing we can measure here")),
    "M17": row("an explanation or a person does not make it safe", on(READ, "a clear story can make a wrong answer look right", "A good story is no proof of a good answer", "To check one answer, read"), on("decide", "They tire, and they trust the machine too much")),
    "M18": row("0.5 is no law", on(LOSS, "Half is a habit, not a law"), on("decide", "That is right only where both mistakes cost the same")),
    "M19": row("99 % accuracy at a base rate of 1 %", on("decide", "Accuracy is 94.95 %, yet always saying “fine” gets 99 %")),
    "M20": row(
        "95 or 94 % on 1,000 pictures: ±1.4 points",
        on(LIVE, "On 1,000 photos each score can be off by more than a point. This is a tie"),
        pinned("test_intervals.py::test_95_percent_of_1000_is_known_to_about_1_4_points", "0.0135"),
    ),
    "M21": row("more data buys less and less; wrong labels stay", on(TRANSFER, "more photos always cost, and they buy less and less", "Wrong labels do not wash out")),
    "M22": row("transfer far from home", on(TRANSFER, "The further from its photos, the less it helps. Measure it first", "“House numbers”", "Borrowing shows no lead here")),
    "M23": row("regularisation is more than a price on weights", on(MLP, "An article calls regularisation a penalty on weights. Dropout, an early stop and changed inputs rein a network in as well"), on(LOSS, "dropout, stopping early and more data hold a model back too")),
    "M24": row("filters are learned; the demo is hand-made", on(CNN, "The kernels of the first picture are set by hand. A network learns its own", "Some articles show filters set by hand as if they were a network’s. In a network, training finds them")),
    "M25": row("CNNs do not see like us; pooling is no meaning", on(CNN, "It multiplies and adds numbers. Nothing in the picture shows more than that", "turns and sizes must be learned from examples", "Pooling keeps one number of each window"), on(LIVE, "They are a good hint at shortcuts, such as snow for a husky")),
    "M26": row("attention eases the limit; cost grows with length squared", on("language", "Any word can look at any other, but the pairs grow with the square of the length")),
    "M27": row("the network is no brain", on("neurons", "The brain is a loose inspiration")),
    "M28": row("human level on one test", on(KNN, "It is one person's test from long ago", "hardly anything is left to win there")),
    "M29": row("removing sex or age does not remove bias", on(READ, "Many teams delete the protected column and call the model fair", "Hiding the group leaves about half of the gap")),
    "M30": row("why AI projects fail: causes, no share", on("decide", "RAND asked 65 people why AI projects fail: first came a problem misunderstood or badly told", "causes of failure, from 65 interviews; not a share of failures")),
    "M31": row(
        "law: dated, sourced, reviewed",
        on(READ, "from 2 December 2027", "2 August 2028", "Checked 20 Nov 2026", "withdrawn on 12 May 2025"),
        pinned("interpretability/test_legal.py::test_every_rule_has_its_region_source_and_the_day_it_was_checked"),
    ),
}  # fmt: skip

ERRORS = {
    "E1": row("A, E: logs in base 10", Corrected("A", "a loss of 0.45"), Corrected("E", "one hot dog"), on(LOSS, "also base 10. By the natural log it is 0.2485 and 1.0498")),
    "E2": row("E: driving test", Corrected("E", "driving test"), on("neurons", "Its own weights give 150, 180 and 95.26 %")),
    "E3": row("C: 65,536 beside 224 × 224", Corrected("C", "224 by 224"), on(CNN, "That picture has 50,176 pixels")),
    "E4": row("C: cases of backpropagation swapped", Corrected("C", "two cases of backpropagation"), on("neurons", "An output depends on the weights of its own layer and of earlier ones")),
    "E5": row("C: slips of index", Corrected("C", "some letters slip")),
    "E6": row("C: log x at 0 and 1", Corrected("C", "log x is below 0"), on(LOSS, "It is zero at 1 and has no value at 0, so programs clip")),
    "E7": row("C: shares ≥ 0; sigmoid with cross-entropy", Corrected("C", "sigmoids do not go with"), on(LOSS, "Every share is above zero")),
    "E8": row("C: one minimum only", Corrected("C", "a convex loss"), on(DESCENT, "A bowl-shaped loss has no floor but the lowest; it may be flat. Arriving still needs a fitting rate")),
    "E9": row("B: convex with many dips", Corrected("B", "many dips"), on(DESCENT, "A loss with many dips is not convex")),
    "E10": row("B: deeper layers", Corrected("B", "deeper layers"), on("neurons", "An article says that deeper layers starve of gradient. It is the early ones")),
    "E11": row("B: more likely to fire", Corrected("B", "pass the threshold"), on("neurons", "It does so for true cases, and less likely for all others")),
    "E12": row("B: several output layers", Corrected("B", "several output layers"), on(MLP, "It is one output layer with one neuron for each class")),
    "E13": row("B, D, E: backpropagation as the update; E: direction", Corrected("BDE", "is the update"), Corrected("E", "in the direction"), on("neurons", "Articles call backpropagation the update. It finds the slopes only"), on(DESCENT, "One caption says the step goes in the direction of the gradient. It goes against it")),
    "E14": row("A: slope points to the minimum", Corrected("A", "ends at the global minimum"), on(DESCENT, "It points uphill, and it only knows the ground under your feet", "It ends where the ground is level")),
    "E15": row("A: all are vectors", Corrected("A", "vectors"), on(KNN, "The weights of several classes form a matrix")),
    "E16": row("A: random search", Corrected("A", "random search"), on(DESCENT, "CS231n measured 15.5 %")),
    "E17": row("A: 38 % as a study", Corrected("A", "from a study"), on(KNN, "38.6 % for L1")),
    "E18": row("A: regularisation and input", Corrected("A", "nothing to do with the input"), on(MLP, "changed inputs rein a network in as well")),
    "E19": row("B: absolute value of log loss", Corrected("B", "absolute value"), on(LOSS, "It is minus the average; the number is the same")),
    "E20": row("B: faces as classification; full batch for images", Corrected("B", "face recognition"), Corrected("B", "full batches"), on(CNN, "identification, verification"), on(DESCENT, "An article gives image models to full batch")),
    "E21": row("E: hyper-parameters", Corrected("E", "hyper-parameters"), on(MLP, "Rate, batch size, penalty and optimiser belong to them too")),
    "E22": row("E: no clue; best form", Corrected("E", "nobody has a clue"), on(MLP, "In part you can look inside", "Nothing promises that: another start finds another one")),
    "E23": row("SGD means two things", Corrected("ABCD", "SGD"), on(DESCENT, "We say one example, mini-batch or full batch")),
    "E24": row("sign of the threshold", Corrected("ABCE", "threshold signs"), on("neurons", "We add the bias and ask for over 0, so the festival’s printed 5 is our bias of −5")),
    "E25": row("D: raises a probability", Corrected("D", "raises a probability"), on(DESCENT, "One article raises a probability, others lower a loss. That is the same move")),
    "E26": row("D: layers as transformers", Corrected("D", "transformers"), on(MLP, "An article calls layers transformers. We keep that word for the network that reads text")),
}  # fmt: skip

ROWS: dict[str, Row] = {
    **NUMBERS,
    **CLAIMS,
    **START_TO_DESCENT,
    **NEURONS_TO_END,
    **TABLES,
    **ANALOGIES,
    **MISCONCEPTIONS,
    **ERRORS,
}
