using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>The grid of one slice in patient LPS mm.</summary>
public sealed record PhantomPlane
{
    /// <summary>Centre of the first pixel: DICOM ImagePositionPatient.</summary>
    public required Vector3 Origin { get; init; }

    /// <summary>Unit vector along a row, from column to column.</summary>
    public required Vector3 Row { get; init; }

    /// <summary>Unit vector along a column, from row to row.</summary>
    public required Vector3 Column { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Distance between pixel centres, mm, both ways.</summary>
    public required float Spacing { get; init; }

    /// <summary>Thickness of the slice, mm; tissues are averaged over it.</summary>
    public float Thickness { get; init; } = 1;

    public Vector3 Normal => Vector3.Cross(Row, Column);

    /// <summary>A square slice with a given middle, axial except for three small rotations.</summary>
    /// <param name="centre">Middle of the grid, mm.</param>
    /// <param name="size">Pixels a side.</param>
    /// <param name="spacing">mm.</param>
    /// <param name="turns">Rotations in radians about x (tilt), y (cant) and z (in plane).</param>
    public static PhantomPlane Axial(Vector3 centre, int size, float spacing, Vector3 turns = default)
    {
        var rotation = Quaternion.CreateFromYawPitchRoll(turns.Y, turns.X, turns.Z);
        var row = Vector3.Normalize(Vector3.Transform(Vector3.UnitX, rotation));
        var column = Vector3.Normalize(Vector3.Transform(Vector3.UnitY, rotation));
        var half = (size - 1) * spacing / 2;
        return new PhantomPlane
        {
            Origin = centre - (half * row) - (half * column),
            Row = row,
            Column = column,
            Width = size,
            Height = size,
            Spacing = spacing,
        };
    }

    /// <summary>The point at a pixel and a distance along the normal from the middle of the slice.</summary>
    public Vector3 At(int column, int row, float off = 0) =>
        Origin + (column * Spacing * Row) + (row * Spacing * Column) + (off * Normal);
}
