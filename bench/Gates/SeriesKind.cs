namespace Gateway.Gates;

/// <summary>What a series of the benchmark is. Headers never differ: all carry the geometry they would have if they were good.</summary>
internal enum SeriesKind
{
    Good,

    /// <summary>T2: the signal of T1, FLAIR or proton density, tissue by tissue; a real PD and a real T1 with an agent. CT: MR values on
    /// the HU scale.</summary>
    WrongSequence,

    /// <summary>CT: vessels, dura and brain brighter by an agent. T2: T1 with bright blood and dura.</summary>
    ContrastAgent,

    /// <summary>Chest and leg in turn.</summary>
    WrongBodyPart,

    /// <summary>The skull's shell with one even material inside; a real plastic head.</summary>
    PlasticHead,

    /// <summary>The stack upside down: the image of each slice in the place of its opposite.</summary>
    HeadFootFlip,

    /// <summary>Rows in reverse, and columns too in every second one.</summary>
    FrontBackFlip,

    /// <summary>Rows and columns have changed places.</summary>
    SwappedAxes,

    /// <summary>15 to 35 % of the head cut off on one side: by the picture's border, or blackened.</summary>
    Cropped,

    /// <summary>Lower and upper half in turn.</summary>
    HalfMissing,

    /// <summary>The images in another order.</summary>
    Shuffled,

    /// <summary>T2: displacements between phase-encoding steps. CT: between and within slices.</summary>
    Motion,

    /// <summary>As strong as the contrast between brain and CSF, and more.</summary>
    Noise,
}
