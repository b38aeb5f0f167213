using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>The slices of one modality in a <see cref="HeldOutSet"/>.</summary>
/// <param name="Slices">Its sources.</param>
/// <param name="Mean">The mean picture that the constant baseline returns when it makes this modality.</param>
public sealed record HeldOutSide(IReadOnlyList<HeldOutSlice> Slices, Image Mean);
