namespace Gateway.Registration3DBench;

/// <summary>What one way made of one turned head.</summary>
/// <param name="Way">Its name.</param>
/// <param name="Level">Distance of the slice from the true level along the head's axis, mm.</param>
/// <param name="Angle">Between the slice's plane and the reference's, degrees.</param>
/// <param name="Ncc">Of what the generator would see with the true anatomy, inside the reference's mask.</param>
/// <param name="Ssim">The same two pictures.</param>
/// <param name="Dice">The heads' outlines.</param>
/// <param name="Passed">No gate held it.</param>
/// <param name="Seconds">To choose, and to register and cut where that was done.</param>
internal sealed record TurnedResult(
    string Way, double Level, double Angle, double Ncc, double Ssim, double Dice, bool Passed, double Seconds);
