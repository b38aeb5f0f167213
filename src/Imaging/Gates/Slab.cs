using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Gates;

/// <summary>One or more neighbouring slices averaged, so that thin ones cost little and their noise is low.</summary>
/// <param name="Hu">HU; air beyond the slices' borders.</param>
/// <param name="Height">Of its middle above the chosen slice, mm; negative towards the feet.</param>
/// <param name="Thickness">Extent along the stack that it stands for, mm.</param>
internal sealed record Slab(Image Hu, double Height, double Thickness);
