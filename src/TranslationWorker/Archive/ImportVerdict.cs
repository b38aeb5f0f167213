namespace Gateway.TranslationWorker;

/// <summary>What became of a head that was to be imported.</summary>
public enum ImportVerdict
{
    Added,

    /// <summary>It is in the archive.</summary>
    Known,

    /// <summary>A rule says no to its headers: it is another kind of image, or synthetic.</summary>
    Ineligible,

    /// <summary>A gate says no to its pixels: it is no head, or unlike those that the gates were learned from.</summary>
    Held,

    /// <summary>The section <c>Archive</c> keeps it out.</summary>
    NotAllowed,

    /// <summary>Nobody can say whose it is.</summary>
    NoPatient,

    /// <summary>Its patient was erased.</summary>
    Erased,

    /// <summary>A slice says that text is burned into its pixels, or a neighbour cannot be read.</summary>
    NotKept,
}
