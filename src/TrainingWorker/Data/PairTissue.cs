namespace Gateway.TrainingWorker.Data;

/// <summary>What the greys of <c>NAME.tissue.png</c> stand for, as far as training asks.</summary>
internal static class PairTissue
{
    private const byte FirstOfBrain = 2, LastOfBrain = 14, FirstOfVessels = 24;

    /// <summary>Whether it lies inside the skull: brain, CSF, vessels, dura.</summary>
    public static bool IsInSkull(byte tissue) => tissue is (>= FirstOfBrain and <= LastOfBrain) or >= FirstOfVessels;
}
