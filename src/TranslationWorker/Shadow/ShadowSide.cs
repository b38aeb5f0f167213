using Gateway.Imaging.Slices;

namespace Gateway.TranslationWorker;

/// <summary>What one of the two models made of a slice.</summary>
/// <param name="Prepared">What it saw.</param>
/// <param name="Made">256 x 256 in [-1, 1].</param>
/// <param name="Cycle">The same translated back; null where nothing translates back.</param>
/// <param name="Seconds">Of the way there.</param>
public sealed record ShadowSide(PreparedSlice Prepared, float[] Made, float[]? Cycle, double Seconds);
