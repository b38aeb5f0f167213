namespace Gateway.TranslationWorker;

/// <summary>Which slices of a series are translated.</summary>
public enum SliceCoverage
{
    /// <summary>The one at the reference brain's level.</summary>
    Chosen,

    /// <summary>Every slice over the brain, in the pose of the chosen one (<see cref="Imaging.Slices.BrainStack"/>).</summary>
    All,
}
