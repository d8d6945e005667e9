"""Common first names by the pronoun that goes with them; a name that goes with both is in neither list."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


MALE = _words(
    """
    Aaron Abdul Abdullah Abraham Adam Adolf Adrian Ahmad Ahmed Alan Alasdair Alastair Albert Alberto
    Alejandro Aleksandr Alexander Alexandre Alexei Alexey Alfred Ali Alistair Allan Allen Alvin Amir Anatoly
    Anders Andre Andreas Andrei Andres Andrew Andrey Andriy Andrzej Andy Angelo Angus Anthony Antoine Anton
    Antonio Antony Arjun Arnold Arthur Arturo Asif Ban Barack Barry Bashar Ben Benedict Benjamin Benny
    Bernard Bernie Bert Bilal Bill Billy Bjorn Björn Bob Bobby Boris Brad Bradley Brandon Brendan Brent
    Brett Brian Bruce Bruno Bryan Byron Caleb Callum Calvin Carl Carlo Carlos Cedric Cesar Chad Charles
    Charlie Chester Chris Christian Christoph Christopher Chuck Ciaran Clarence Claude Clayton Cliff
    Clifford Clive Clyde Colin Connor Conor Craig Curtis Cyril Damian Damien Dan Daniel Danny Darren Darryl
    Dave David Dean Declan Dennis Derek Derrick Diego Dieter Dimitri Dirk Dmitri Dmitry Dmytro Dominic
    Dominik Don Donald Donny Doug Douglas Duncan Dwight Dylan Earl Ed Eddie Edgar Eduardo Edward Edwin Eli
    Elias Elliot Emanuel Emmanuel Emre Enrique Eoin Eric Erik Ernest Ernesto Ethan Eugene Evan Evgeny Ewan
    Fabio Faisal Felipe Felix Ferdinand Fernando Fidel Finlay Florian Floyd Francesco Francisco Francois
    Frank Frankie Franklin Franz Fraser Fred Freddie Frederick Friedrich Gabriel Gareth Garry Gary Gavin
    Geoff Geoffrey Georg George Gerald Gerard Gerhard Gethin Gianluca Gianni Giorgio Giovanni Giuseppe Glen
    Glenn Gordon Graeme Graham Grant Greg Gregg Gregory Guido Guillermo Gustavo Guy Gwyn Hakan Hamid Hamish
    Hamza Hans Harold Harry Harvey Hassan Hector Heinrich Helmut Henri Henrik Henry Herbert Herman Hiroshi
    Horst Howard Hubert Hugh Hugo Humza Hussein Iain Ian Ibrahim Igor Ilham Imran Isaac Isaiah Ismail Ivan
    Ivor Jack Jacob Jacques Jair Jake Jamal James Jamie Jan Jared Jason Javier Jay Jean-Claude Jean-Luc
    Jean-Pierre Jeff Jeffrey Jens Jeremiah Jeremy Jerome Jerry Jesse Jesus Jim Jimmy Joachim Joao Joe Joel
    Joey Johan Johann Johannes John Johnny Jon Jonas Jonathan Jorge Jose Josef Joseph Josh Joshua Juan
    Julian Julio Jurgen Justin Jürgen Kamal Karim Karl Keir Keith Ken Kenji Kenneth Kenny Kevin Khalid Kirk
    Klaus Kofi Konstantin Kurt Kwame Kwasi Kyle Lance Larry Lars Laurence Laurent Lawrence Lee Leo Leon
    Leonard Leonid Leroy Leslie Lester Lewis Liam Lionel Lloyd Logan Lorenzo Lou Louis Luca Lucas Luigi Luis
    Luiz Lukas Luke Maarten Magnus Mahmoud Malcolm Manuel Marc Marcel Marcelo Marco Marcos Marcus Mario Mark
    Markus Marshall Martin Marvin Massimo Mateusz Mathias Matt Matteo Matthew Matthias Maurice Mauricio Max
    Maxim Mehmet Michael Michel Miguel Mikael Mike Mikhail Milan Miles Mitch Mitchell Mo Mohamed Mohammad
    Mohammed Moses Muhammad Mustafa Mykhailo Nabil Naftali Narendra Nathan Nathaniel Ned Neil Nelson Niall
    Nicholas Nick Nicolas Nigel Nikita Nikolai Nils Noah Norm Norman Olaf Oleg Oleksandr Oleksiy Oliver
    Olivier Omar Oscar Otto Owen Pablo Paddy Padraig Paolo Patrick Paul Paulo Pavel Pedro Per Pete Peter
    Petr Petro Phil Philip Philippe Phillip Pierre Piotr Quentin Rafael Ralph Ramon Rashid Raul Ravi Ray
    Raymond Recep Reginald Reinhard Rene Rex Rhys Ricardo Richard Rick Rishi Rob Robbie Robert Roberto Rod
    Rodney Rodrigo Roger Roland Rolf Roman Ron Ronald Ronnie Rory Ross Roy Rudy Rupert Russell Ryan Sajid
    Salman Salvador Sam Sami Samuel Sanjay Seamus Sean Sebastian Serge Sergei Sergey Sergio Serhiy Seth
    Shane Shaun Shigeru Shinzo Simon Stanley Stefan Stephan Stephen Steve Steven Stewart Stuart Sven Søren
    Takeshi Tariq Ted Terence Terry Theo Theodore Thierry Thomas Tim Timothy Tobias Toby Todd Tom Tommy Tony
    Travis Trevor Troy Tyler Umberto Uwe Valentin Vasyl Vernon Victor Vijay Viktor Vince Vincent Vincenzo
    Vitali Vitaly Vladimir Volodymyr Walter Warren Wayne Werner Wilfred Wilhelm Will William Willie Wolfgang
    Xavier Yair Yevgeny Yitzhak Yousef Yuri Yusuf Zach Zachary Zoran
    """
)
FEMALE = _words(
    """
    Aaliyah Abigail Ada Adele Adriana Agnes Aisha Alejandra Alexandra Alice Alicia Alina Alison Allison
    Alyssa Amanda Amber Amelia Amina Amy Ana Anastasia Andrea Angela Angelica Angelina Angie Anita Ann Anna
    Annabel Annalena Anne Annette Annie Anya Aoife April Ariana Arlene Astrid Audrey Aung Ava Ayesha Barbara
    Beatrice Beatriz Becky Belinda Bernadette Beth Bethany Betty Beverly Beyonce Bianca Birgit Bonnie Brenda
    Bridget Britney Bronwyn Brooke Camilla Camille Candace Carla Carmen Carol Carole Caroline Carolyn Carrie
    Carys Cath Catherine Cathy Cecilia Celia Celine Charlotte Chelsea Cherie Cheryl Chiara Chloe Christina
    Christine Chrystia Cindy Clara Clare Claudia Colleen Condoleezza Connie Constance Cristina Crystal
    Cynthia Daisy Daniela Danielle Daphne Dawn Debbie Deborah Debra Deirdre Delia Denise Diana Diane Dina
    Dolores Dominique Donna Donnalyn Dora Doris Dorothy Edith Eileen Elaine Eleanor Elena Elisabeth Eliza
    Elizabeth Ella Ellen Ellie Elsa Elsie Emilia Emily Emma Erica Erika Erin Erna Esther Ethel Eva Eve
    Evelyn Farah Fatima Faye Fiona Flora Florence Frances Francesca Freya Gabby Gabriela Gabriella Gail
    Georgia Geraldine Gertrude Gillian Gina Ginny Giorgia Gisele Gladys Gloria Grace Greta Gwen Gwendolyn
    Hannah Harriet Hazel Heather Heidi Helen Helena Helga Hilary Hillary Holly Ida Imani Imogen Ines Ingrid
    Irene Irina Iris Iryna Isabel Isabella Isabelle Isla Ivana Ivanka Jacinda Jackie Jacqueline Jana Jane
    Janet Janice Janine Jasmine Jean Jeanette Jeanne Jennie Jennifer Jenny Jessica Jill Jo Joan Joanna
    Joanne Jocelyn Josephine Joy Joyce Juana Judith Judy Julia Juliana Julie Juliet June Kaja Kamala Karen
    Karin Karla Karoline Kate Katerina Kateryna Katherine Kathleen Kathryn Kathy Katie Katya Kayla Keira
    Keisha Kelly Kemi Kerry-Ann Kersti Kimberly Kirsten Kirsty Kristen Kristin Kristina Kylie Lara Larisa
    Latoya Laura Lauren Layla Leah Leanne Leila Lena Leonor Leticia Libby Lidia Lily Linda Lisa Liz Liza
    Lois Lola Loretta Lorraine Louisa Louise Lucia Lucy Ludmila Luisa Lydia Lynda Lynn Lynne Mabel Maddie
    Madeleine Madison Madonna Maggie Maia Malala Mandy Manuela Marcia Margaret Margarita Margot Maria
    Marianne Marie Marilyn Marina Marine Marjorie Marlene Marsha Marta Martha Martina Mary Maryna Masha
    Matilda Maud Maureen Maya Meg Megan Meghan Melanie Melinda Melissa Mercedes Meredith Mette Mia Michaela
    Michelle Mildred Millie Miranda Miriam Moira Molly Mona Monica Monika Muriel Myra Nadia Nadine Nancy
    Naomi Natalia Natalie Nataliya Natasha Nell Nelly Ngozi Niamh Nicola Nicole Nikki Nina Noor Nora Norma
    Odessa Oksana Olena Olga Olivia Oprah Paige Pam Pamela Patricia Patty Paula Pauline Pearl Peggy Penelope
    Penny Petra Philippa Phoebe Phyllis Pippa Polly Priscilla Priti Priya Rachel Ramona Rania Rebecca Regina
    Renata Renee Rhonda Rihanna Rita Roberta Robyn Rochelle Roisin Rosa Rosalind Rosanna Rose Rosemary Rosie
    Roxanne Ruby Rukhsana Ruth Sabine Sabrina Sally Samantha Sandra Sanna Saoirse Sara Sarah Saskia Scarlett
    Serena Shabana Shannon Sharon Sheila Shelley Sheryl Shirley Sian Sigrid Silvia Simone Sinead Siobhan
    Sofia Sonia Sophia Sophie Stacey Stella Stephanie Stormy Sue Suella Susan Susanna Susanne Suzanne
    Svetlana Sylvia Tamara Tania Tanya Tara Tatiana Teresa Tessa Thelma Theresa Tiffany Tina Tracey Tricia
    Trish Ulrike Ursula Valentina Valerie Vanessa Vera Verena Veronica Vicky Victoria Viola Violet Virginia
    Vivian Viviane Vivien Wanda Wendy Whitney Wilma Winifred Xenia Yasmin Yolanda Yulia Yvette Yvonne Zainab
    Zara Zoe Zoya
    """
)
