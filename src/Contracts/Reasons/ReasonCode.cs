namespace Gateway.Contracts.Reasons;

/// <summary>The table of reasons: for each code where it stops the work, what it means to the person who reads it, and whether a person
/// may override it. docs/operations.md, "Reasons", shows the same table. A new reason is an entry here, its row there, the line that gives
/// it, and a test.</summary>
public sealed partial class ReasonCode
{
    // First: the entries below put themselves into it.
    private static readonly Dictionary<string, ReasonCode> Table = [];

    // An association is refused; with it the result, source and reason of the A-ASSOCIATE-RJ.
    public static readonly ReasonCode CalledAeUnknown = Association("called-ae-unknown", "1/1/7", "this gateway answers to another title");
    public static readonly ReasonCode CallingAeUnknown = Association(
        "calling-ae-unknown", "1/1/3", "the calling AE title is not in `Dicom:Callers`");
    public static readonly ReasonCode AddressNotAllowed = Association(
        "address-not-allowed", "1/1/3", "the title may not come from this address");
    public static readonly ReasonCode TlsSubjectNotAllowed = Association(
        "tls-subject-not-allowed", "1/1/3", "the caller's `TlsSubject` is another than its certificate's, or it came to the plain port");
    public static readonly ReasonCode AssociationLimit = Association("association-limit", "2/3/1", "`Dicom:MaxAssociations` are open");
    public static readonly ReasonCode DiskLow = Association("disk-low", "2/3/2", "free space is below `Disk:MinimumFreeMebibytes`");
    public static readonly ReasonCode Stopping = Association(
        "stopping", "2/3/1", "the gateway stops; a replica, or the same one started again, takes it");

    // An object is refused; with it the status of the C-STORE-RSP.
    public static readonly ReasonCode Malformed = Object("malformed", "C000", "the data set cannot be parsed");
    public static readonly ReasonCode NoUsableUids = Object("no-usable-uids", "C000", "a UID that names the object is missing or unusable");
    public static readonly ReasonCode SopUidsDiffer = Object(
        "sop-uids-differ", "A900", "the data set is not the one the command announced");
    public static readonly ReasonCode CommandUnusable = Object(
        "command-unusable", "C000, 0122 or 0211",
        "the C-STORE has no data set, or its SOP class is not the one negotiated for it; no bytes are kept");
    public static readonly ReasonCode NotStored = Object(
        "not-stored", "A700", "the disk or the database failed; the sender keeps the object and may try again");
    public static readonly ReasonCode ProcessingFailure = Object(
        "processing-failure", "0110", "an error of the gateway's own; the log has it");

    // A series is not what the models were made for.
    public static readonly ReasonCode Synthetic = Ineligible("synthetic", "synthetic, or derived from what is: never translated");
    public static readonly ReasonCode SopClassUnsupported = Ineligible(
        "sop-class-unsupported", "neither MR nor CT Image Storage, single-frame or enhanced");
    public static readonly ReasonCode ModalityUnsupported = Ineligible("modality-unsupported", "SOP class and modality disagree");
    public static readonly ReasonCode NotHead = Ineligible(
        "not-head", "body part or the nearest description names another part of the body; or, for a CT, nothing does");
    public static readonly ReasonCode NotT2Weighted = Ineligible(
        "not-t2-weighted", "TE below 70 ms or TR below 1500 ms; or absent, and no description says T2");
    public static readonly ReasonCode InversionRecovery = Ineligible("inversion-recovery", "FLAIR and its kin, by header or by name");
    public static readonly ReasonCode Diffusion = Ineligible("diffusion", "diffusion weighted, by header or by name");
    public static readonly ReasonCode GradientEcho = Ineligible(
        "gradient-echo", "T2*, not T2: by header, or by name where it does not say spin echo, TE and TR");
    public static readonly ReasonCode ContrastAgent = Ineligible(
        "contrast-agent",
        "CT with a contrast agent: an image names one or an amount of it, or the nearest description that says something does");
    public static readonly ReasonCode SecondaryImage = Ineligible("secondary-image", "Image Type value 2 is SECONDARY");
    public static readonly ReasonCode TooFewSlices = Ineligible("too-few-slices", "fewer than 8");
    public static readonly ReasonCode NoOrientation = Ineligible("no-orientation", "Image Orientation (Patient) is absent");
    public static readonly ReasonCode NotAxial = Ineligible("not-axial", "tilted more than 30 degrees");
    public static readonly ReasonCode PixelDataShort = Ineligible("pixel-data-short", "less pixel data than the header says");
    public static readonly ReasonCode NoPixelData = Ineligible("no-pixel-data", "an image holds none");
    public static readonly ReasonCode Unreadable = Ineligible("unreadable", "a stored image cannot be parsed");
    public static readonly ReasonCode Compressed = Ineligible("compressed", "compressed pixel data");
    public static readonly ReasonCode Colour = Ineligible("colour", "not a grey image");
    public static readonly ReasonCode MultiFrame = Ineligible("multi-frame", "an image of several frames does not say where each lies");
    public static readonly ReasonCode PixelFormat = Ineligible("pixel-format", "bits, slope or intercept make no sense");
    public static readonly ReasonCode NoGeometry = Ineligible("no-geometry", "spacing, orientation or place is unusable");
    public static readonly ReasonCode MixedSeries = Ineligible(
        "mixed-series", "images of one series differ where they should not; the text says in what, and how many images");
    public static readonly ReasonCode MixedGeometry = Ineligible("mixed-geometry", "the images do not form one stack");
    public static readonly ReasonCode DuplicatePositions = Ineligible(
        "duplicate-positions", "two different images at one place: echoes, phases or repeats");
    public static readonly ReasonCode NoStack = Ineligible(
        "no-stack", "of the stacks in the series none can be translated in the direction that was asked for");
    public static readonly ReasonCode NoSlices = Ineligible("no-slices", "no image");
    public static readonly ReasonCode OtherPatient = Ineligible(
        "other-patient", "all its images name a patient that a person ruled out: the study is another's");
    public static readonly ReasonCode RejectedImages = Ineligible(
        "rejected-images", "a received rejection note (IHE IOCM) names all its images");
    public static readonly ReasonCode RejectedByReader = Ineligible("rejected-by-reader", "a reader rejected what was made of it");
    public static readonly ReasonCode NoHead = Ineligible("no-head", "no head in any slice");

    // A part of a series is not what the models were made for; the rest goes on.
    public static readonly ReasonCode SetAside = new(
        "set-aside", "series, part left out", false,
        "the series holds several stacks; the text says which images were left out and why, the others were translated");

    // A gate said no. A person may release the series, unless there is no way back onto the patient's images.
    public static readonly ReasonCode NotInvertible = HeldForGood("not-invertible",
        "the map to the reference mirrors or flattens: there is no way back. Compare Image Orientation (Patient) with the pictures");
    public static readonly ReasonCode SlicesMissing = Held("slices-missing",
        "beside the chosen slice others are missing from an even stack. Send the missing images: they open a new revision");
    public static readonly ReasonCode NccLow = Held(
        "ncc-low", "the registered slice does not resemble the reference. Look at the checkerboard: another body part or sequence?");
    public static readonly ReasonCode NccNotRaised = Held("ncc-not-raised", "registration made it worse. As for `ncc-low`");
    public static readonly ReasonCode BrainNotRecognised = Held("brain-not-recognised",
        "inside the brain the registered slice does not resemble the reference. Another contrast, or a large lesion: look");
    public static readonly ReasonCode Deformation = HeldForGood(
        "deformation",
        "the deformable registration presses or stretches the head beyond 0.2 to 5 times its area. Look; `Models:Registration` = "
        + "`linear` does without");
    public static readonly ReasonCode InverseError = HeldForGood(
        "inverse-error",
        "the deformation does not lead back to where it came from: more than 0.05 mm in the mean or 1 mm anywhere. As for `deformation`");
    public static readonly ReasonCode Scale = Held(
        "scale", "registration scaled beyond belief. Compare pixel spacing with the scanner; a child?");
    public static readonly ReasonCode Rotation = Held(
        "rotation", "registration turned too far. Look: is the orientation in the header true?");
    public static readonly ReasonCode Shift = Held(
        "shift", "registration shifted too far. Look: is the head at the border of the picture?");
    public static readonly ReasonCode HeadOutline = Held(
        "head-outline",
        "the head's outline does not match the reference's. Look: head holder, cut head, or a table that was taken for head?");
    public static readonly ReasonCode GreyValuesUnusual = Held(
        "grey-values-unusual",
        "out of distribution: grey values inside the head are spread unlike the training archive's. Another sequence, contrast agent, "
        + "or a window of its own: compare the sequence with the archive's");
    public static readonly ReasonCode TextureUnusual = Held(
        "texture-unusual",
        "out of distribution: radiomic figures of the registered slice. Noise, filter, slice thickness or sequence are unlike the "
        + "archive's: look; translate the scanner's usual reconstruction");
    public static readonly ReasonCode OutlineUnusual = Held(
        "outline-unusual", "out of distribution: the outline fits the reference worse than the archive's do. Look at the checkerboard");
    public static readonly ReasonCode PatternUnusual = Held(
        "pattern-unusual",
        "out of distribution: the head fits the mean head worse than the archive's do. Look: another part of the body, a plastic head, "
        + "slices in disorder?");
    public static readonly ReasonCode HeadCutOff = Held(
        "head-cut-off", "the picture's border cuts the head off, or a part of it is black. Take a larger field of view");
    public static readonly ReasonCode TurnedRound = Held(
        "turned-round",
        "the head fits the mean head better, or nearly so, turned front to back. Compare Image Orientation (Patient) with the "
        + "pictures: wrong patient position at the scanner?");
    public static readonly ReasonCode UpsideDown = Held(
        "upside-down",
        "the head fits the mean head better, or nearly so, upside down. Compare Image Position (Patient) with the pictures: the stack may "
        + "be in reverse");
    public static readonly ReasonCode HeadTilted = Held(
        "head-tilted", "the head nods or tilts so far that a slice shows other parts than the reference. Reformat along the skull base");
    public static readonly ReasonCode LowerHalfMissing = Held(
        "lower-half-missing", "too little of the head below the reference's level. Were all images sent?");
    public static readonly ReasonCode UpperHalfMissing = Held(
        "upper-half-missing", "too little of the head above the reference's level. Were all images sent?");
    public static readonly ReasonCode SlicesJump = Held(
        "slices-jump", "motion: the head lies elsewhere from slice to slice. Look; repeat the scan");
    public static readonly ReasonCode Ghosts = Held(
        "ghosts", "motion: the air beside the head is brighter along one axis. Look; repeat the scan");
    public static readonly ReasonCode ContrastInPixels = Held(
        "contrast-in-pixels",
        "vessels, or what takes up contrast, are as bright as with a contrast agent, whatever the headers say. Look, also for large "
        + "calcifications; translate the native series");

    // The study is in conflict: no release of a series, but the choice of the patient, lets it go on.
    public static readonly ReasonCode PatientConflict = HeldForGood(
        "patient-conflict", "the images of the study name more than one patient. Choose whose it is, on its page");

    // The work on a series is parked.
    public static readonly ReasonCode NotCommitted = Failed(
        "not-committed", "a destination took an image and then said that it does not keep it safe: its storage commitment failed");
    public static readonly ReasonCode DeliveryParked = Failed(
        "delivery-parked", "a destination refused an image, or did not get its source in time (`SourceFirst`), or the stored file is gone");

    // A training job ends without models.
    public static readonly ReasonCode TrainingCancelled = Training("training-cancelled", "a person cancelled it");
    public static readonly ReasonCode TrainingDiverged = Training(
        "training-diverged", "a loss or a weight was not finite. Another recipe: lower rates, or another seed");
    public static readonly ReasonCode TrainingDeviceMissing = Training(
        "training-device-missing",
        "`Training:Device` is `cuda`, and torch finds none on the trainer that took the job; `gateway doctor` says why");
    public static readonly ReasonCode NoChampion = Training(
        "no-champion",
        "the recipe starts from the champions, and a direction has none. Activate a model, or train anew by a recipe of its own");
    public static readonly ReasonCode RecipeUnusable = Training(
        "recipe-unusable", "the recipe cannot be read, is of another pair, or asks for what this trainer does not have");
    public static readonly ReasonCode TrainingFailed = Training("training-failed", "an error that nobody foresaw; the log has it");

    // A message is parked.
    public static readonly ReasonCode NoDirection = Parked(
        "no-direction", "a translation was asked for, and neither the message nor the series says which way");
    public static readonly ReasonCode KilledItsWorker = Parked("killed-its-worker", "its process died `Work:MostStarts` times");
    public static readonly ReasonCode TookTooLong = Parked("took-too-long", "it was not done within `Work:Limit`");
    public static readonly ReasonCode SentElsewhere = Parked("sent-elsewhere", "a person has it sent to another destination");
    public static readonly ReasonCode FhirRefused = Parked(
        "fhir-refused", "the external FHIR server refuses a study for good, or has it, or its patient, twice or as somebody else's");
    public static readonly ReasonCode NoMessageId = Parked("no-message-id", "a message without an id");
    public static readonly ReasonCode UnknownContract = Parked("unknown-contract", "a message this version does not know");
    public static readonly ReasonCode UnreadableMessage = Parked("unreadable-message", "a message whose body cannot be read");

    // A retrained model is rejected: it never translates a study.
    public static readonly ReasonCode ModelUnreadable = Model(
        "model-unreadable", "the file is damaged, or lacks the metadata of a generator");
    public static readonly ReasonCode ModelShape = Model(
        "model-shape", "it takes or makes something other than pictures of 256 x 256 with one channel");
    public static readonly ReasonCode ModelPair = Model(
        "model-pair", "it was made for another pair of modalities, or for another window of CT numbers");
    public static readonly ReasonCode ModelDirection = Model(
        "model-direction", "it translates the other way: it says so itself, or it does better when it is fed the other modality");
    public static readonly ReasonCode ModelNotFinite = Model(
        "model-not-finite", "weights or pictures hold values that are no numbers: the training went astray");
    public static readonly ReasonCode ModelRange = Model("model-range", "its pictures leave the range of -1 to 1");
    public static readonly ReasonCode ModelParity = Model(
        "model-parity", "the exported file computes something other than the network that was trained");
    public static readonly ReasonCode ModelCollapsed = Model(
        "model-collapsed", "it makes nearly the same picture of every input. More data, or a lower rate");
    public static readonly ReasonCode ModelCopiesInput = Model(
        "model-copies-input", "its pictures resemble their inputs more than the truth");
    public static readonly ReasonCode ModelBaseline = Model("model-baseline", "a constant picture, a copy or a map of greys does as well");
    public static readonly ReasonCode ModelHidesInput = Model(
        "model-hides-input", "it hides the input in what no eye can see, to find it again on the way back: a cycle that noise destroys");
    public static readonly ReasonCode ModelInvents = Model(
        "model-invents", "it makes spots where the input has none and the champion makes none");
    public static readonly ReasonCode ModelLosesLesions = Model(
        "model-loses-lesions", "lesions put into the input leave too little trace in its pictures");
    public static readonly ReasonCode ModelWorse = Model(
        "model-worse", "it is worse than the champion by a figure; the text says which. The report has all");
    public static readonly ReasonCode ModelUntested = Model(
        "model-untested", "there were neither phantoms of its pair nor enough test subjects to judge it by");
    public static readonly ReasonCode ModelReverse = Model(
        "model-reverse", "the model of the other direction was rejected, and the two are judged and used as a pair");

    private ReasonCode(string name, string where, bool mayBeReleased, string meaning, bool listed = true)
    {
        (Name, Where, MayBeReleased, Meaning) = (name, where, mayBeReleased, meaning);
        if (listed)
            Table.Add(name, this);
    }

    /// <summary>Every reason, in the order of the table.</summary>
    public static IReadOnlyCollection<ReasonCode> All => Table.Values;

    /// <summary>Kebab-case: what programs read, and what lies in the database.</summary>
    public string Name { get; }

    /// <summary>What it stops, and how: <c>series, held</c>.</summary>
    public string Where { get; }

    /// <summary>Whether a person may override it by a release; nobody may override any other.</summary>
    public bool MayBeReleased { get; }

    /// <summary>For an operator, in Markdown, on one line.</summary>
    public string Meaning { get; }

    /// <summary>For the eligibility rules of a modality that is registered beside the shipped ones; the table does not list it.</summary>
    public static ReasonCode OfOwnRule(string name, string meaning) => new(name, "series, ineligible", false, meaning, listed: false);

    /// <param name="text">A sentence about this case, with its figures. Never patient data.</param>
    public Reason Because(string text) => new(Name, text);

    public override string ToString() => Name;
}
