namespace Gateway.Imaging.Modalities;

/// <summary>What a header says of the part of the body.</summary>
public enum BodyRegion
{
    /// <summary>Nothing.</summary>
    Unsaid,

    /// <summary>The head, with other parts or without.</summary>
    Head,

    /// <summary>A part that is not the head.</summary>
    Other,
}
