namespace Gateway.TranslationWorker;

/// <summary>Whether SYNTHETIC stands on the derived picture itself, and how.</summary>
public enum SyntheticMark
{
    /// <summary>It is said by attributes and in the description alone.</summary>
    None,

    /// <summary>An overlay plane over the pixels, which keep their values; a viewer can take it off.</summary>
    Overlay,
}
